import type { PageTexts } from '../page-texts.ts'

export const enPageTexts: PageTexts = {
  language: 'en',
  appName: 'Device Contacts',
  navigation: 'Main',
  contacts: 'Contacts',
  myContacts: 'My Contacts',
  settings: 'Settings',
  settingsPath: 'Settings › Contacts',
  call: 'Call',
  incomingCall: 'Incoming call',
  callHeading: 'Try an incoming call',
  callHelp: 'Type a number, and see who is calling. Nothing is dialled.',
  number: 'Telephone number',
  ring: 'Let it ring',
  hangUp: 'Hang up',
  someOfYours: 'Or let one of your contacts call:',
  needsYou: 'needs your attention',
  isRunning: 'an import is running',
  starting: 'Opening your contacts…',
  lost: 'The connection to the program is lost. The page connects again by itself.',
  ended: [
    'The program has ended.',
    'Your contacts are still on this device. To see them, run the command again: device-contacts web',
  ],
  refused: [
    'This page belongs to another window.',
    'For your safety, each start of the program opens its page in one browser only. Run the command again: device-contacts web',
  ],
  deleteStored: 'Delete the stored data',
  deleteLater: 'Another tab is importing. Close the other tabs of this page, and try again.',
  reload: 'Load the page again',
}
