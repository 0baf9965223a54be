import type { FailureCode } from '../../../domain/failures.ts'

/** How a sign-in tab ended. A failure is named by its code. */
export type RedirectOutcome =
  | 'granted'
  | 'cancelled'
  | 'already-answered'
  | 'account-refused'
  | 'link-used'
  | 'foreign-issuer'
  | 'unknown'
  | FailureCode

/** What our page in a sign-in tab shows. In a browser app it also begins the sign-in, and waits for the app. */
export type TabPage = RedirectOutcome | 'opening' | 'finishing'

/** What a page tells the user. */
export interface OutcomeWords {
  readonly heading: string
  readonly text: string
  readonly next: string
}

const startAgain = 'Go back to the app and start the import again.'
const askAdministrator = 'Ask your administrator to allow this app, then start the import again.'

const granted: OutcomeWords = {
  heading: 'Done',
  text: 'Your contacts are being imported.',
  next: 'You can close this tab.',
}

const failed: OutcomeWords = {
  heading: 'The sign-in did not work',
  text: 'Nothing was imported.',
  next: 'Go back to the app: it says what happened and what you can do.',
}

const known: Readonly<Partial<Record<TabPage, OutcomeWords>>> = {
  opening: {
    heading: 'One moment',
    text: 'The sign-in page is about to open.',
    next: 'If it does not open, go back to the app.',
  },
  finishing: {
    heading: 'One moment',
    text: 'The app is finishing your sign-in.',
    next: 'Please keep this tab and the app open.',
  },
  granted,
  cancelled: {
    heading: 'This import was cancelled',
    text: 'Your sign-in was not used and nothing was imported.',
    next: startAgain,
  },
  'already-answered': {
    heading: 'This sign-in is already finished',
    text: 'There is nothing more to do here.',
    next: 'You can close this tab. The app shows how the import went.',
  },
  'link-used': {
    heading: 'This link was already used',
    text: 'It works in one browser only, so that no other person can use it.',
    next:
      'Continue in the browser that used it first. To use this browser instead, copy the address that the app shows, or start the import again. ' +
      'If you have not used the link before, another user of this device may have used it: cancel the import in the app.',
  },
  unknown: {
    heading: 'The app does not know this sign-in',
    text: 'It may have expired, or the app was closed in the meantime. Nothing was imported.',
    next: startAgain,
  },
  interrupted: {
    heading: 'The app does not answer any more',
    text: 'It was closed or loaded again before it finished your sign-in.',
    next: 'Go back to the app, or open it again. If it is not importing your contacts, start the import again.',
  },
  'account-refused': {
    heading: 'This account cannot be used here',
    text: 'It may belong to another organization, or it may be a personal account where a work or school account is needed. Nothing was imported.',
    next: 'Go back to the app, start again and choose another account.',
  },
  'foreign-issuer': {
    heading: 'This answer came from another service',
    text: 'It did not come from the service where you were asked to sign in, so it was not used.',
    next: 'Finish the sign-in in the tab that the app opened. If that is not possible, go back to the app and start the import again.',
  },
  'consent-declined': {
    heading: 'You did not agree',
    text: 'Nothing was imported: the app needs your permission to read your contacts.',
    // Leaving the page "Need admin approval" leads to the same response.
    next:
      'If you change your mind, go back to the app and start the import again. ' +
      'If the page said that an administrator must approve this app, ask your administrator first.',
  },
  'consent-timed-out': {
    heading: 'The sign-in took too long',
    text: 'The app stopped waiting, so nothing was imported.',
    next: startAgain,
  },
  'admin-approval-needed': {
    heading: 'Your organization has to approve this app first',
    text: 'Nothing was imported.',
    next: askAdministrator,
  },
  'sign-in-blocked': {
    heading: 'Your organization blocked this sign-in',
    text: 'A rule of your organization does not allow it. Nothing was imported.',
    next: 'Ask your administrator what you need, then start the import again.',
  },
  'permission-missing': {
    heading: 'The app has no permission to read your contacts',
    text: 'You signed in, but without the permission to read contacts. Nothing was imported.',
    next: 'Start the import again, and allow the app to read your contacts. If you are not asked, your administrator has to allow it.',
  },
  'different-account': {
    heading: 'You signed in with a different account',
    text: 'The contacts on this device belong to another account. They were not changed.',
    next: 'To change accounts, sign out in the app first. To keep the account of these contacts, start again and choose that account.',
  },
}

/** What our page in a sign-in tab tells the user. */
export const wordsOf = (page: TabPage): OutcomeWords =>
  (Object.hasOwn(known, page) ? known[page] : undefined) ?? failed
