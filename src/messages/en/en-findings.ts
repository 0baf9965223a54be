import type { Messages, Steps } from '../catalogue.ts'
import type { EnFormat } from './en-format.ts'

/** What an examination of a store found, in English. */
export const enFindings = ({ counted }: EnFormat): Messages['findings'] => ({
  'store-missing': (_, steps) => ({
    happened: 'Nothing has been imported here: the file does not exist.',
    next: `To begin, ${steps.signIn}.`,
  }),
  'store-foreign': () => ({
    happened: 'This file does not belong to this app.',
    next: 'Choose another file to store the contacts in.',
  }),
  'store-unreadable': () => ({
    happened: 'The file could not be read, so its contents are unknown.',
    next: 'Check that you can read it, and that there is space for temporary files. If an import is running, wait until it is finished. Then check again.',
  }),
  'store-newer': () => ({
    happened: 'A newer version of this app wrote these contacts. This version can only show them.',
    next: 'Update the app, then try again.',
  }),
  'store-linked': () => ({
    happened: 'The file has a second name (a hard link). Using it under both names would damage it.',
    next: 'Delete the second name. If you cannot find it, copy the file, then replace the file with the copy.',
  }),
  'store-untrusted': ({ files = [] }) => ({
    happened: `Files belong to another user, in a folder that others can write to: ${files.join(', ')}. They are not used, because someone else may have put them there.`,
    next: 'Store the contacts in a folder that only you can write to.',
  }),
  'file-damaged': (_, steps) => ({
    happened: 'The file is damaged: parts of it have changed since they were written.',
    next: replace(steps),
  }),
  'events-damaged': (_, steps) => ({
    happened:
      'The recorded events, from which the list is built, are damaged, so the contacts cannot be shown.',
    next: replace(steps),
  }),
  'list-damaged': (_, steps) => ({
    happened: 'Some contacts can no longer be read, so the list is not shown: it would be incomplete.',
    next: replace(steps),
  }),
  'list-only-saved': (_, steps) => ({
    happened:
      'The contacts can only be read from a saved copy, because the events that it was made from are damaged.',
    next: `To repair this, ${steps.refresh}.`,
  }),
  'list-locked': () => ({
    happened: 'The contacts are encrypted, and the key ring that holds their key does not answer.',
    next: 'Unlock the key ring of this device, then open the app again.',
  }),
  'list-key-lost': (_, steps) => ({
    happened: 'The contacts are encrypted and can no longer be read, because their key is gone.',
    next: `To import them again, ${steps.restart}.`,
  }),
  'payloads-damaged': ({ count = 1 }) => ({
    happened: `Stored data of earlier imports is damaged (${counted(count, 'page', 'pages')}). Your contacts are not affected.`,
    next: 'There is nothing to do.',
  }),
  'saved-view-damaged': (_, steps) => ({
    happened: 'The saved copy of the lists is damaged. The app only uses it to open faster.',
    next: `To replace it, ${steps.refresh}.`,
  }),
  'list-may-be-older': (_, steps) => ({
    happened: 'The latest changes to the file were damaged and are lost, so the list may be out of date.',
    next: `To bring it up to date, ${steps.refresh}. If the contacts are gone, ${steps.restart}.`,
  }),
  'erasure-unfinished': () => ({
    happened: 'A sign-out was interrupted, so parts of the contacts may still be on the disk.',
    next: 'Open the app again. It then finishes the sign-out.',
  }),
  'attempt-abandoned': (_, steps) => ({
    happened: 'An import stopped because the app was closed.',
    next: `To start again, ${steps.restart}.`,
  }),
  'tokens-without-account': ({ files = [] }, steps) => ({
    happened: `Sign-in tokens are still stored, although no account is linked: ${files.join(', ')}.`,
    next: `To remove them, ${steps.signOut}.`,
  }),
  'leftover-files': ({ files = [] }, steps) => ({
    happened: `A program that was closed left temporary files, which may hold tokens: ${files.join(', ')}.`,
    next: `Delete them. The next sign-out deletes them too (${steps.signOut}).`,
  }),
  'permissions-wide': ({ files = [] }) => ({
    happened: `Other people on this device may be able to read or change your files: ${files.join(', ')}.`,
    next: 'Let only yourself read and write them, for example with "chmod 600".',
  }),
  'permissions-narrowed': ({ files = [] }) => ({
    happened: `Other people on this device could read or change your files: ${files.join(', ')}. Now only you can.`,
    next: 'There is nothing to do. But someone may have read your contacts before.',
  }),
  'owned-by-another': ({ files = [] }) => ({
    happened: `Another user of this device owns these files and can read your contacts: ${files.join(', ')}.`,
    next: 'If that is not what you want, store the contacts in a file of your own.',
  }),
})

const replace = ({ signOut, signIn }: Steps): string =>
  `Restore the file from a backup. Or delete it and import again: ${signOut}, then ${signIn}. Your contacts are still in your account.`
