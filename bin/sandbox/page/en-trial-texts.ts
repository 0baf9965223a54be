import type { TrialTexts } from './trial-texts.ts'

export const enTrialTexts: TrialTexts = {
  entry: 'Try',
  heading: 'Try what goes wrong',
  intro:
    'Import contacts first. Then press a button here, do what it says, and watch Settings and My Contacts. Nothing can be damaged: everyone in this mailbox is invented.',
  groups: {
    mailbox: 'The mailbox changes',
    service: 'Microsoft has trouble',
    signIn: 'The access ends',
    google: 'Google',
    hints: 'Without a button',
  },
  trials: {
    more: { title: 'Add 5 contacts', then: 'Press Refresh: five new contacts, and nothing else is read.' },
    edited: {
      title: 'Change a few contacts',
      then: 'Press Refresh: it says what was added, updated and removed.',
    },
    halved: {
      title: 'Delete half of the mailbox',
      then: 'Press Refresh: so large a removal is held, and you are asked with the names.',
    },
    emptied: {
      title: 'Delete everything',
      then: 'Press Refresh: the list on the device stays until you agree.',
    },
    refilled: {
      title: 'Fill it as at the start',
      then: 'Press Refresh: as many contacts as at the start of the sandbox are back.',
    },
    capped: {
      title: 'Fill it with 12,345 contacts',
      then: 'Press Refresh: 10,000 are on the device, and the page says that there are more.',
    },
    throttled: {
      title: 'Ask us to wait 30 seconds',
      then: 'Press Refresh: the wait counts down, and you can cancel it. Microsoft’s waits are obeyed, also by the next refresh.',
    },
    slow: {
      title: 'Answer slowly',
      then: 'Press Refresh, or sign out and import: watch the progress, and cancel it.',
    },
    down: {
      title: 'Be out of order',
      then: 'Press Refresh: it tries again for two minutes, or until you cancel. Press “Back to normal” meanwhile and it goes on; else it fails, and the list stays.',
    },
    unstable: {
      title: 'Lose three connections',
      then: 'Press Refresh: three answers break off. It says so, waits a little longer each time, and goes on by itself.',
    },
    portal: {
      title: 'Show a page of the hotel',
      then: 'Press Refresh: something else answers instead of Microsoft, and nothing of it is believed. A page does not learn what it was: it tries again for two minutes, then names both possibilities.',
    },
    malformed: {
      title: 'Send contacts without an id',
      then: 'Sign out and import: the others arrive, and the skipped ones are listed with the reason.',
    },
    revoked: {
      title: 'Withdraw the access',
      then: 'Press Refresh: it asks you to sign in again. The list stays.',
    },
    expired: {
      title: 'End the sign-in of today',
      then: 'Press Refresh: pages have to sign in again each day. If you are still signed in, the tab closes by itself.',
    },
    admin: {
      title: 'Demand an administrator',
      then: 'Press Refresh, then sign in again: the page has a line for your administrator. Tomás is one.',
    },
    withheld: {
      title: 'Leave out the permission',
      then: 'Press Refresh, then sign in again: without the permission to read contacts nothing is imported.',
    },
    googleExpired: {
      title: 'Google: let the sync token expire',
      then: 'Press Refresh on the card of Google: it reads everything once more, and the list stays meanwhile.',
    },
    googleRemoved: {
      title: 'Google: remove the permission',
      then: 'As in the Google account. Press Refresh: it asks you to sign in again. The list stays.',
    },
    policy: {
      title: 'Forbid this device',
      then: 'Sign out, then sign in: a rule of the company refuses it, and the page says who can help.',
    },
  },
  hints: {
    offline: {
      title: 'No network',
      then: 'Set the browser to offline (developer tools, Network), then press Refresh: it waits for the network and says so.',
    },
    decline: { title: 'Say no', then: 'Sign in, and press Cancel on the sign-in page.' },
    otherAccount: {
      title: 'Another account',
      then: 'Sign out, sign in, and choose Yuki, who has no mailbox, or Sam with a personal account.',
    },
    closedTab: {
      title: 'Close the sign-in tab',
      then: 'The page offers to open it again. Or close this tab during an import, and open it again.',
    },
    twoTabs: { title: 'Two tabs', then: 'Open this page twice, and import in one: the other shows it live.' },
    file: {
      title: 'A file of the Outlook app',
      then: 'Save this table, choose it in Settings, change it with any editor, and press Refresh there.',
    },
  },
  download: 'Save contacts.csv',
  make: 'Do it',
  set: 'Set it',
  isSet: 'Is set',
  openSettings: 'Open Settings',
  normal: 'Back to normal',
  isNormal: 'Everything works as usual.',
  failed: 'The sandbox does not answer. Start it again: npm run web',
  contacts: (count) => `The mailbox has ${new Intl.NumberFormat('en').format(count)} contacts.`,
}
