import { capitalized } from '../../../formats/capitalized.ts'
import { type Contact, ImportFailure, type LinkedAccountView } from '../../../index.ts'
import { commandLine, terminalSteps } from '../arguments/steps.ts'
import type { CommandContext } from '../command.ts'
import { unbroken } from '../output/wrap.ts'
import { showNotices } from '../output/show-notices.ts'
import type { OpenedBook } from '../parts.ts'

/** The contacts on this device, and how to name the folder of each. */
export interface ListedContacts {
  readonly opened: OpenedBook
  /** All, or those of `--source`. */
  readonly contacts: readonly Contact[]
  /** Null: the default folder. Undefined: unknown. */
  readonly folderName: (contact: Contact) => string | null | undefined
}

/**
 * Opens the book to look at its contacts, and says what one should know about them. Throws `ImportFailure` if a list is on
 * the device but cannot be read: no part of the contacts must look like all.
 */
export const openListed = async (context: CommandContext): Promise<ListedContacts> => {
  const opened = await context.open('look')
  const accounts = opened.book.accounts.get()
  for (const { list } of accounts) {
    if (list?.status === 'locked') throw new ImportFailure('storage-locked')
    if (list?.status === 'lost') throw new ImportFailure('storage-key-lost')
  }
  showNotices(context, opened)
  const names = new Map(accounts.map(({ source, folders }) => [source, folderNames(folders)]))
  return {
    opened,
    contacts: opened.book.contacts
      .get()
      .filter(({ source }) => context.options.source === undefined || source === context.options.source),
    folderName: ({ source, folder }) => names.get(source)?.get(folder),
  }
}

const folderNames = (folders: LinkedAccountView['folders']): ReadonlyMap<string | undefined, string | null> =>
  new Map(folders.map(({ id, name }) => [id, name]))

/** Says that the contacts are invented, except to a person who names the file and so knows it. */
export const sayWhoseTheyAre = (
  { output, options }: CommandContext,
  { opened, contacts }: ListedContacts,
): void => {
  if (options.store === undefined && opened.remarks.sentence !== null && contacts.length > 0)
    output.note(opened.remarks.sentence)
}

/** Says that there are none and what to do, or that they may be out of date. */
export const sayWhatIsMissing = (context: CommandContext, { opened, contacts }: ListedContacts): void => {
  const { source } = context.options
  if (contacts.length > 0) sayWhatIsStale(context, opened)
  else if (source === undefined || opened.book.contacts.get().length === 0) sayHowToBegin(context, opened)
  else context.output.note(`There are no contacts from ${context.messages.sources[source]} on this device.`)
}

const sayHowToBegin = (
  { options, output, program }: CommandContext,
  { book, again, store, storeExists }: OpenedBook,
): void => {
  if (!storeExists && options.store !== undefined) output.note(`The file ${unbroken(store)} does not exist.`)
  const isBegun = book.accounts.get().some(({ commands }) => commands.signIn !== null)
  output.note('There are no contacts on this device.')
  output.note(
    isBegun
      ? `The import was not finished. To see what you can do, use "${commandLine(program, 'status', again.store)}".`
      : `To import your contacts, ${terminalSteps(program, again).signIn}.`,
  )
}

const sayWhatIsStale = ({ output, messages, program }: CommandContext, { book, again }: OpenedBook): void => {
  for (const { source, isStale, list } of book.accounts.get()) {
    if (!isStale || !list) continue
    const since = messages.time(list.completedAt)
    output.note(`${capitalized(messages.sources[source])}: not updated since ${since}.`, 'warn')
    output.note(`To see why, use "${commandLine(program, 'status', again.store)}".`)
  }
}
