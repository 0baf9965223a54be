import { COUNT_LIMIT } from '../domain/limit.ts'
import { enFindings } from './en-findings.ts'
import { enFormat } from './en-format.ts'
import type { Messages, Situation } from './messages.ts'

const sources = {
  microsoft365: 'Microsoft 365',
  google: 'Google Contacts',
  outlook: 'the Outlook app',
} as const

const companies = { microsoft365: 'Microsoft', google: 'Google', outlook: 'Outlook' } as const

const otherSource = { microsoft365: 'outlook', outlook: 'microsoft365', google: 'google' } as const

/** Microsoft often does not tell that this is why somebody did not agree. */
const approvalFirst = 'If the page asked for the approval of an administrator, ask for that first.'

/** With a list on the device a refresh is the smaller step, and asks the person for nothing. */
const again = ({ steps, onDevice = 0 }: Situation): string => (onDevice > 0 ? steps.refresh : steps.restart)

/** What the product says, in English. `locale`: an English one (`en-GB`), for numbers and times. */
export const en = (locale: string): Messages => {
  const format = enFormat(locale)
  const { number, counted, contacts, time } = format
  const name = ({ source }: Situation): string => sources[source]
  const later = (situation: Situation): string =>
    situation.retryAt === undefined
      ? `Wait a few minutes, then ${again(situation)}.`
      : `After ${time(situation.retryAt)}, ${again(situation)}.`

  return {
    sources,
    failures: {
      'consent-declined': (s) => ({
        happened: `The request to read your contacts in ${name(s)} was declined, so nothing was imported.`,
        next: `If you would like to have them ${s.onDevice ? 'up to date' : 'here'}, ${s.steps.restart} and choose Accept on the sign-in page. ${approvalFirst}`,
      }),
      'consent-timed-out': (s) => ({
        happened: 'The sign-in was not finished in time.',
        next: `When you are ready, ${s.steps.restart} and finish the sign-in in your browser. ${approvalFirst}`,
      }),
      'popup-blocked': (s) => ({
        happened: 'The browser did not allow the sign-in page to open.',
        next: `Allow pop-up windows for this app in your browser, then ${s.steps.restart}.`,
      }),
      'admin-approval-needed': (s) => ({
        happened:
          'In your organization, an administrator has to approve this app before it may read contacts.',
        next: `Ask your administrator to approve it. Once that is done, ${s.steps.restart}.`,
      }),
      'sign-in-blocked': (s) => ({
        happened: `${companies[s.source]} did not let this sign-in through: a rule of your organization, or something about your account, stands in the way.`,
        next: `Ask your administrator what is missing, for example a second way to prove who you are, or a device that your organization knows. Then ${s.steps.restart}.`,
      }),
      'app-misconfigured': (s) => ({
        happened: `This app is not set up correctly for signing in to ${name(s)}.`,
        next: `Whoever set it up should check its client ID, its redirect address (http://localhost) and its permission to read contacts. Then ${s.steps.restart}.`,
      }),
      'permission-missing': (s) =>
        s.accessTokenFile
          ? {
              happened: 'The access token in your token file does not allow reading contacts.',
              next: `Put one with the permission Contacts.Read into the file, then ${s.steps.restart}.`,
            }
          : {
              happened: 'You are signed in, but this app has no permission to read your contacts.',
              next: `Ask your administrator to allow it to read contacts (Contacts.Read). Then ${s.steps.restart}.`,
            },
      'permission-removed': (s) =>
        s.accessTokenFile
          ? {
              happened: 'The access token in your token file does not allow reading contacts any more.',
              next: `Put one with the permission Contacts.Read into the file, then ${again(s)}.`,
            }
          : {
              happened: 'The permission to read your contacts was taken back.',
              next: `To give it again, sign out of the linked account, sign in again and agree: ${s.steps.signOut}, then ${s.steps.signIn}.`,
            },
      'sign-in-expired': (s) =>
        s.accessTokenFile
          ? {
              happened: 'The access token in your token file has expired, or cannot be used any more.',
              next: `Put a new one into the file, then ${again(s)}.`,
            }
          : {
              happened: `Your sign-in to ${name(s)} has expired.`,
              next: `To sign in again, ${s.steps.restart}.`,
            },
      'different-account': (s) => ({
        happened: s.accessTokenFile
          ? 'The access token in your token file is of another account than the one whose contacts are on this device.'
          : 'You signed in with another account than the one whose contacts are on this device.',
        next: `To stay with that account, ${s.accessTokenFile ? `put a token of it into the file, then ${again(s)}` : `${s.steps.restart} and choose it`}. To change the account, sign out first: ${s.steps.signOut}, then ${s.steps.signIn}.`,
      }),
      'no-mailbox': (s) => ({
        happened: `This account has no ${companies[s.source]} mailbox that contacts could be read from.`,
        next: `If you have another account, ${s.steps.restart} and choose that one. If this one should have a mailbox, ask your administrator.`,
      }),
      'too-many-contacts': (s) => ({
        happened: `${upper(name(s))} says that it holds more than ${number(COUNT_LIMIT)} contacts. That is more than can be imported, so none was fetched.`,
        next: `A mailbox cannot really hold so many: tell your administrator. Once it is put right, ${again(s)}.`,
      }),
      'removal-held': (s) => ({
        happened: s.held
          ? `This refresh would remove ${number(s.held.removes)} of your ${contacts(s.held.of)}. That is a lot, so it waits until you approve it.`
          : 'This refresh would remove many of your contacts, so it waits until you approve it.',
        next: `If that is right, ${s.steps.approveRemoval}. If not, you need not do anything; to compare anew later, ${s.steps.refresh}.`,
      }),
      offline: (s) => ({
        happened: `${upper(name(s))} could not be reached.`,
        next: `Check your connection to the internet, then ${again(s)}.`,
      }),
      throttled: (s) => ({
        happened: `${companies[s.source]} is busy and asked us to come back later.`,
        next: later(s),
      }),
      'service-unavailable': (s) => ({
        happened: `${upper(name(s))} has a problem at the moment and gave no proper answer.`,
        next: later(s),
      }),
      'bad-answer': (s) => ({
        happened: `What came back was no answer of ${name(s)}. Something in between may have answered in its place, such as the sign-in page of a Wi-Fi network.`,
        next: `Open any web page to see whether your network asks you to sign in, then ${again(s)}.`,
      }),
      'file-unreadable': (s) => ({
        happened: 'The file with the contacts could not be read.',
        next: `Check that it is there and that you may open it, then ${s.steps.restart}.`,
      }),
      'file-unknown-columns': (s) => ({
        happened: 'The file has no columns in which contacts could be recognized.',
        next: `Export your contacts from Outlook once more, then ${s.steps.restart}.`,
      }),
      'storage-full': (s) => ({
        happened: 'There is no room left on this device to keep the contacts.',
        next: `Make some room, then ${again(s)}.`,
      }),
      'storage-read-only': (s) => ({
        happened: 'The file in which the contacts are kept cannot be changed.',
        next: `Check that you may write to the file and to its folder, then ${again(s)}.`,
      }),
      'storage-damaged': () => ({
        happened: 'The file in which the contacts are kept is damaged. It was left as it is.',
        next: 'Bring it back from a backup, or choose another file and import again: your contacts are still in your account.',
      }),
      'storage-foreign': () => ({
        happened: 'This file is something else than a store of contacts. It was left as it is.',
        next: 'Choose another file to keep the contacts in.',
      }),
      'storage-unavailable': () => ({
        happened: 'The file in which the contacts are kept could not be opened.',
        next: 'Check that its folder is there and that you may use both, then try again.',
      }),
      'storage-busy': (s) => ({
        happened: 'Other programs kept writing to the file with the contacts, so nothing could be recorded.',
        next: `Wait a moment, then ${again(s)}.`,
      }),
      interrupted: (s) => ({
        happened: 'The last import was broken off, because its program ended.',
        next: `To start again, ${again(s)}.`,
      }),
      internal: (s) => ({
        happened: 'Something went wrong inside this app.',
        next: `To try again, ${again(s)}. If it keeps happening, please report it.`,
      }),
    },
    refusals: {
      'already-running': (s) => ({
        happened: `Contacts are being imported from ${name(s)} right now.`,
        next: `Wait until that is finished; to stop it, ${s.steps.cancel}.`,
      }),
      'running-elsewhere': (s) => ({
        happened: `Another window or program on this device is importing contacts from ${name(s)} right now.`,
        next: `Wait until it is finished; to stop it, ${s.steps.cancel}.`,
      }),
      'nothing-running': () => ({
        happened: 'No import is under way.',
        next: 'There is nothing to cancel.',
      }),
      'already-linked': (s) => ({
        happened: `${upper(name(s))} is linked already, and its contacts are on this device.`,
        next: `To bring them up to date, ${s.steps.refresh}.`,
      }),
      'restart-first': (s) => ({
        happened: `The last import from ${name(s)} was not finished.`,
        next: `To start again, ${s.steps.restart}.`,
      }),
      'nothing-to-restart': (s) => ({
        happened: `There has been no import from ${name(s)} yet.`,
        next: `To begin, ${s.steps.signIn}.`,
      }),
      'nothing-to-refresh': (s) => ({
        happened: `There are no contacts from ${name(s)} on this device yet.`,
        next: `To begin, ${s.steps.signIn}; after an import that was not finished, ${s.steps.restart}.`,
      }),
      'nothing-held': () => ({
        happened: 'No removal is waiting for your approval.',
        next: 'There is nothing to approve.',
      }),
      'nothing-linked': (s) => ({
        happened: `No account from ${name(s)} is linked, and nothing of an earlier one is left on this device.`,
        next: `To begin, ${s.steps.signIn}.`,
      }),
      'other-microsoft-source': (s) => ({
        happened: `Your contacts already come from ${sources[otherSource[s.source]]}. From ${name(s)} they would come a second time.`,
        next: `To change over, sign out of ${sources[otherSource[s.source]]} first (${s.steps.signOut}), then ${s.steps.signIn}.`,
      }),
      'store-is-newer': () => ({
        happened: 'A newer version of this app wrote these contacts; this version can only show them.',
        next: 'Update the app, then try again.',
      }),
    },
    findings: enFindings(format),
    cancelled: (s) => ({
      happened: `The import from ${name(s)} was cancelled.`,
      next: `A sign-in that is finished now is not processed. To start again, ${s.steps.restart}.`,
    }),
    signedOut: (s) => ({
      happened: `You signed out of ${name(s)}, so this import was ended.`,
      next: `A sign-in that is finished now is not processed. To begin anew, ${s.steps.signIn}.`,
    }),
    skips: {
      'not-an-object': (count) => `${counted(count, 'entry was', 'entries were')} no contact at all`,
      'no-id': (count) => `${counted(count, 'contact', 'contacts')} came without an id`,
      'malformed-field': (count) =>
        `${counted(count, 'contact', 'contacts')} had a field that makes no sense`,
      'error-in-place': (count) => `${counted(count, 'contact', 'contacts')} came as an error message`,
    },
    waits: {
      throttled: (source, seconds) => `${companies[source]} asked us to wait ${number(seconds)} s`,
      'service-unavailable': (source, seconds) =>
        `${companies[source]} has a problem, next try in ${number(seconds)} s`,
      offline: (_source, seconds) => `No connection, next try in ${number(seconds)} s`,
    },
    contacts,
    contactsOf: (count, available) => `${number(count)} of ${contacts(available)}`,
    number,
    time,
    kept: (count, updatedAt) => {
      const since = updatedAt === undefined ? '' : ` on ${time(updatedAt)}`
      return count === 1
        ? `The contact on this device is as it was${since}.`
        : `The ${contacts(count)} on this device are as they were${since}.`
    },
    forAdministrator: ({ serviceCode, status, requestId }, link) => {
      const facts = [
        serviceCode,
        status === undefined ? undefined : `HTTP ${status}`,
        requestId === undefined ? undefined : `request ID ${requestId}`,
      ].filter((fact) => fact !== undefined)
      const parts = [
        ...(facts.length > 0 ? [`${facts.join(', ')}.`] : []),
        ...(link === undefined
          ? []
          : [
              `To approve this app for everybody: ${link} (it is done when the browser cannot open localhost).`,
            ]),
      ]
      return parts.length > 0 ? `For your administrator: ${parts.join(' ')}` : null
    },
  }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
