import type { enFormat } from './en-format.ts'
import type { Messages, Situation } from './messages.ts'

/** What an examination found, in English. */
export const enFindings = ({ counted }: ReturnType<typeof enFormat>): Messages['findings'] => ({
  'store-missing': (_, { steps }) => ({
    happened: 'No contacts were ever imported here: there is no such file.',
    next: `To begin, ${steps.signIn}.`,
  }),
  'store-foreign': () => ({
    happened: 'This file is something else than a store of contacts.',
    next: 'Choose another file to keep the contacts in.',
  }),
  'store-unreadable': () => ({
    happened: 'The file could not be read, so nothing can be said of what it holds.',
    next: 'Check that you may read it, and that there is room for temporary files. While contacts are being imported, wait until that is finished. Then examine it again.',
  }),
  'store-newer': () => ({
    happened: 'A newer version of this app wrote these contacts; this version can only show them.',
    next: 'Update the app, then try again.',
  }),
  'file-damaged': (_, situation) => ({
    happened: 'The file itself is damaged: parts of it are no longer what was written.',
    next: replace(situation),
  }),
  'events-damaged': (_, situation) => ({
    happened: 'Recorded events are damaged, so the contacts cannot be shown.',
    next: replace(situation),
  }),
  'list-damaged': (_, situation) => ({
    happened: 'Some of the contacts can no longer be read, so the list is not shown: it would not be whole.',
    next: replace(situation),
  }),
  'list-only-saved': (_, { steps }) => ({
    happened: 'The contacts stand in a saved copy alone: what it was made from is damaged.',
    next: `To make up for it, ${steps.refresh}.`,
  }),
  'payloads-damaged': ({ count = 1 }) => ({
    happened: `Of imports that no list needs, ${counted(count, 'page is', 'pages are')} damaged.`,
    next: 'There is nothing to do: the next import does without.',
  }),
  'saved-view-damaged': (_, { steps }) => ({
    happened: 'The saved copy of the lists is damaged. It only makes opening faster.',
    next: `To have it written anew, ${steps.refresh}.`,
  }),
  'erasure-unfinished': (_, { steps }) => ({
    happened: 'A sign-out was broken off, so parts of the contacts may still be on the disk.',
    next: `To finish it, ${steps.signOut}.`,
  }),
  'attempt-abandoned': (_, { steps }) => ({
    happened: 'An import was broken off, because its program ended.',
    next: `To start again, ${steps.restart}.`,
  }),
  'tokens-without-account': ({ files = [] }, { steps }) => ({
    happened: `Tokens of a sign-in are left, though no account is linked: ${files.join(', ')}.`,
    next: `To remove them, ${steps.signOut}.`,
  }),
  'leftover-files': ({ files = [] }, { steps }) => ({
    happened: `A program that ended left temporary files, which may hold tokens: ${files.join(', ')}.`,
    next: `Delete them; the next sign-out does so as well (${steps.signOut}).`,
  }),
  'permissions-wide': ({ files = [] }) => ({
    happened: `Others on this device may read or change what is yours alone: ${files.join(', ')}.`,
    next: 'Take that right from them, for example with "chmod 600".',
  }),
})

const replace = ({ steps }: Situation): string =>
  `Bring the file back from a backup. Or delete what is left of it and import again, for your contacts are still in your account: ${steps.signOut}, then ${steps.signIn}.`
