import { type Contact, ImportFailure, type LinkedAccountView } from '../../../index.ts'
import type { Command, CommandContext } from '../command.ts'
import { contactLine, contactRecord } from '../output/contact-line.ts'
import { showNotices } from '../output/show-notices.ts'
import { storeOptions } from '../arguments/options.ts'
import type { OpenedBook } from '../parts.ts'
import { commandLine, terminalSteps } from '../arguments/steps.ts'

export const listCommand: Command = {
  name: 'list',
  summary: 'print the contacts on this device',
  description: `Prints one contact per line, in alphabetical order: name, phone numbers and e-mail addresses. With
--json one object per line with everything known about the contact: "source", "sourceId", "name" as
listed, "nameParts", "phones", "emails", "addresses" and so on, spelled as the source wrote them;
"folder" and "folderName" (null: the default folder), and "incomplete": the fields that could not be
read completely, because they are "malformed" or "cut". Without --json such contacts are marked
(incomplete). With --held only the contacts whose removal waits for your approval.`,
  options: [...storeOptions, 'held'],
  run: async (context) => {
    const opened = await context.open('look')
    const { book } = opened
    refuseUnreadable(book.accounts.get())
    showNotices(context, opened)
    if (context.options.held) {
      const held = book.accounts.get().flatMap(({ source }) => book.heldContacts(source))
      print(context, held, book.accounts.get())
      if (held.length === 0) context.output.note('No removal is waiting for your approval.')
      return 0
    }
    const contacts = book.contacts.get()
    // A person who names the file knows its content.
    if (context.options.store === undefined && opened.remarks.sentence !== null && contacts.length > 0)
      context.output.note(opened.remarks.sentence)
    print(context, contacts, book.accounts.get())
    if (contacts.length === 0) sayHowToBegin(context, opened)
    else sayWhatIsStale(context, opened)
    return 0
  },
}

/** Throws `ImportFailure` if a list on the device cannot be read. Otherwise some of the contacts would look like all. */
const refuseUnreadable = (accounts: readonly LinkedAccountView[]): void => {
  for (const { list } of accounts) {
    if (list?.status === 'locked') throw new ImportFailure('storage-locked')
    if (list?.status === 'lost') throw new ImportFailure('storage-key-lost')
  }
}

const print = (
  { output }: CommandContext,
  contacts: readonly Contact[],
  accounts: readonly LinkedAccountView[],
): void => {
  const names = new Map(accounts.map(({ source, folders }) => [source, folderNames(folders)]))
  for (const contact of contacts) {
    const folderName = names.get(contact.source)?.get(contact.folder)
    if (output.json)
      output.record({ ...contactRecord(contact), ...(folderName !== undefined && { folderName }) })
    else output.result(contactLine(contact, (text) => output.untrusted(text)))
  }
}

const folderNames = (folders: LinkedAccountView['folders']): ReadonlyMap<string | undefined, string | null> =>
  new Map(folders.map(({ id, name }) => [id, name]))

const sayHowToBegin = ({ output, program }: CommandContext, { book, again }: OpenedBook): void => {
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
    output.note(`${messages.sources[source]}: not updated since ${since}.`, 'warn')
    output.note(`To see why, use "${commandLine(program, 'status', again.store)}".`)
  }
}
