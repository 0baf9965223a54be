import { CONTACT_LIMIT } from '../../domain/limit.ts'
import type { SettingsLabels } from '../labels/settings-labels.ts'
import type { EnFormat } from './en-format.ts'

/** Around a name of any script, so that it does not reorder the sentence (Unicode UAX 9, isolates). */
const isolated = (name: string): string => `“\u2068${name}\u2069”`

export const enSettingsLabels = ({
  agree,
  sources,
  companies,
  number,
  counted,
  contacts,
}: EnFormat): SettingsLabels => ({
  heading: 'Contacts',
  intro:
    'Bring your contacts to this device, to find them without a network and to see who is calling. Nothing in your accounts is ever changed.',
  opening: 'Opening your contacts…',
  steps: {
    signIn: 'press Sign in',
    restart: 'press Start again',
    refresh: 'press Refresh',
    cancel: 'press Cancel',
    approveRemoval: 'press Remove them',
    signOut: 'press Sign out',
  },
  commands: {
    signIn: 'Sign in',
    restart: 'Start again',
    refresh: 'Refresh',
    cancel: 'Cancel',
    approveRemoval: 'Remove them',
    signOut: 'Sign out',
  },
  hints: {
    restart: 'Signs in again and reads everything from the beginning. Until then, your list stays as it is.',
  },
  marks: {
    waitingForYou: 'Waiting for you',
    importing: 'Importing',
    updating: 'Updating',
    upToDate: 'Up to date',
    old: 'May be out of date',
    attention: 'Needs attention',
    question: 'Needs your answer',
    stopped: 'Stopped',
    unreadable: 'Cannot be read',
  },
  about: {
    microsoft365: 'The contacts of your work or school account, from all folders of your mailbox.',
    google: 'The contacts of your Google account.',
    outlook: 'Contacts that you exported from the Outlook app.',
  },
  signInWith: {
    microsoft365: 'Sign in with Microsoft',
    google: 'Sign in with Google',
    outlook: 'Sign in with Outlook',
  },
  signInDemo: {
    microsoft365: 'Sign in with an invented account',
    google: 'Sign in with an invented Google account',
    outlook: 'Sign in with an invented Outlook',
  },
  file: {
    steps: {
      signIn: 'press Choose a file',
      restart: 'press Choose the file again',
      signOut: 'press Remove contacts',
    },
    commands: {
      signIn: 'Choose a file',
      restart: 'Choose the file again',
      signOut: 'Remove contacts',
    },
    restartHint:
      'Reads the file that you choose, the same one or another. Until then, your list stays as it is. You can also drop it on this card.',
    formats:
      'Choose a table (.csv) or vCards (.vcf), or drop them or their folder here. They stay on this device.',
    opening: 'Opening the file',
    openingHint: 'The import then begins by itself.',
    question: 'Remove the contacts of the Outlook app?',
    goesRecord: 'The record of past imports',
    staysThere: 'The file, and everything in Outlook: nothing is deleted there',
    cancel: 'Keep them',
    done: 'The contacts of the Outlook app are gone from this device.',
  },
  signInAgain: 'Sign in again',
  refreshAll: 'Refresh all',
  loadAgain: 'Load this page again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'It could not be copied. Select the text and copy it yourself.',
  copyForAdministrator: 'Copy for your administrator',

  consent: {
    heading: 'Finish signing in',
    preparing: (source) => `Getting the sign-in page of ${companies[source]} ready…`,
    offline: 'Your browser has no connection to the internet. Connect this device to open the sign-in page.',
    inTab: (source) =>
      `The sign-in page is open in another tab. Sign in there and ${agree(source)}. The import then begins by itself.`,
    tabUnknown: (source) =>
      `The sign-in page was opened in another tab. Sign in there and ${agree(source)}. If that tab is gone, open it again.`,
    tabClosed: 'The tab with the sign-in page was closed. If you have not finished, open it again.',
    tabBlocked:
      'Your browser did not open a new tab for the sign-in page. Open it with one of these buttons.',
    inBrowser: (source) =>
      `The sign-in page is open in your browser. Sign in there and ${agree(source)}. The import then begins by itself.`,
    openYourself: (source) =>
      `Open the sign-in page, sign in there and ${agree(source)}. The import then begins by itself.`,
    withCode: 'Open the sign-in page on any device, and enter this code:',
    code: 'Code',
    copyCode: 'Copy the code',
    openPage: 'Open the sign-in page',
    openAgain: 'Open the sign-in page again',
    inThisTab: 'Sign in in this tab',
    timeLeft: (time) => `Time left: ${time}`,
    startOver: 'Start over',
    startOverHint: 'Gives you the full time again. Nothing is lost.',
    tokensKeptIn: (file) =>
      `This device cannot keep a key, so the sign-in will be stored without encryption in ${isolated(file)}.`,
  },

  fetch: {
    importing: (source) => `Importing your contacts from ${sources[source]}`,
    importingHint: 'You can go on working. Contacts appear in My Contacts as they arrive.',
    updating: (source) => `Updating your contacts from ${sources[source]}`,
    updatingHint: 'You can go on working. Your list stays as it is until everything has arrived.',
    starting: 'Starting…',
    folder: (folder) => `Folder: ${isolated(folder)}`,
    tryNow: 'Try now',
  },

  updated: (ago) => `Updated ${ago}`,
  updatedNow: 'Updated just now',
  signedInUntil: (time) => `Signed in until ${time}`,
  accessEnded: (source) =>
    `Your sign-in to ${sources[source]} has ended. Sign in again to keep this list up to date.`,
  lastUpdate: ({ added, updated, removed, displaced, skipped }) => {
    const changes = [
      added > 0 && `+${number(added)} new`,
      updated > 0 && `${number(updated)} updated`,
      removed > 0 && `${number(removed)} removed`,
      displaced > 0 && `${number(displaced)} replaced by newer ones`,
      skipped > 0 && `${number(skipped)} skipped`,
    ].filter((change) => change !== false)
    return `Last update: ${changes.length > 0 ? changes.join(', ') : 'no changes'}`
  },
  capped: (left, source) =>
    `This device keeps ${number(CONTACT_LIMIT)} contacts of an account at most: those that were changed last. ${counted(left, 'older contact is', 'older contacts are')} only in ${sources[source]}.`,
  skipped: (count) => `${contacts(count)} could not be imported`,
  skippedIn: (skipped, folder) => `${skipped}, in the folder ${isolated(folder)}`,
  skippedFile: (skipped, file) => `${skipped}: ${isolated(file)}`,
  lastProblem: (ago, happened) => `Last problem, ${ago}: ${happened}`,

  held: {
    question: (removes, of) => `Remove ${number(removes)} of your ${contacts(of)}?`,
    gone: (source) =>
      `They are no longer in ${sources[source]}. If you did not delete them there, keep them and ask why they are gone.`,
    names: 'Contacts that would be removed',
    showAll: (count) => `Show all ${number(count)}`,
    noName: 'No name',
    keep: 'Keep them',
    kept: (count, source) =>
      `You keep ${counted(count, 'contact that is no longer in', 'contacts that are no longer in')} ${sources[source]}. The next refresh asks again.`,
    look: 'Decide now',
  },

  signOut: {
    question: (source) => `Sign out of ${sources[source]}?`,
    goes: 'Removed from this device',
    goesContacts: (count, source) =>
      count === 1 ? `The contact from ${sources[source]}` : `The ${contacts(count)} from ${sources[source]}`,
    goesSignIn: 'Your sign-in, and the record of past imports',
    goesDecisions: (count) =>
      count === 1
        ? 'Your decision whether two contacts are the same person'
        : `Your ${number(count)} decisions whether two contacts are the same person`,
    stays: 'Stays as it is',
    staysThere: (source) => `Everything in ${sources[source]}: nothing is deleted there`,
    staysHere: 'The contacts from your other accounts on this device',
    cancel: 'Stay signed in',
    done: (source) => `You are signed out of ${sources[source]}. Its contacts are gone from this device.`,
  },
})
