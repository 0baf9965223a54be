import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { SkippedContact, SourceContact } from '../../domain/contact.ts'
import { ContactIds } from './contact-ids.ts'
import { dateOrder, tableContacts, tableHead } from './csv/read-table.ts'
import { isUsable, type DraftContact } from './draft-contact.ts'
import type { ExportFile } from './export-file.ts'
import { LeftOutFiles } from './left-out-files.ts'
import { codePage, likelyEncoding, type Encoding } from './text/encoding.ts'
import { prefixOf, textOf, unreadable, WrongEncoding } from './text/file-text.ts'
import { beginningOf, kindOf } from './text/file-kind.ts'
import { cardContacts } from './vcard/read-cards.ts'

/** Some of the contacts of the files. */
export interface ReadPage {
  readonly contacts: readonly SourceContact[]
  /** Rows and cards that hold no name, no number and no address; at the end also the files that are left out. */
  readonly skipped: readonly SkippedContact[]
}

/** Contacts and skipped ones of a page. */
export const PAGE = 500

/**
 * Reads the files that Outlook and other address books export, in pages of at most 500: tables (CSV of classic Outlook, of
 * Outlook on the web, and of this app) and vCards. A row or a card without a name, a number and an address is skipped. The
 * content decides what a file is, and its encoding too.
 *
 * Reads each file twice: nothing of a file is yielded before all of it is known to be whole. Throws an `ImportFailure` with the
 * code `file-unreadable` or `file-unknown-columns`, and the signal's reason after an abort. Needs 70 to 100 MB of memory,
 * however large the files are, and some 200 on Node 24, whose V8 lets more garbage lie; `bin/little-garbage.ts` has the flags
 * against that.
 *
 * @param leftOut takes the files that cannot be read. If no other file has a contact, the first one's failure is thrown
 */
export async function* readExport(
  files: readonly ExportFile[],
  signal: AbortSignal,
  leftOut = new LeftOutFiles(),
): AsyncGenerator<ReadPage, void, undefined> {
  const ids = new ContactIds()
  let [contacts, skipped]: [SourceContact[], SkippedContact[]] = [[], []]
  let isEmpty = true
  for (const file of files)
    for await (const drafts of leftOut.reading(file, draftsOf(file, signal)))
      for (const { contact, uid } of drafts) {
        isEmpty = false
        if (isUsable(contact)) contacts.push(ids.identified(contact, uid))
        else skipped.push({ reason: 'not-an-object' })
        if (contacts.length + skipped.length < PAGE) continue
        yield { contacts, skipped }
        // A piece of text may hold many pages.
        await yieldToEventLoop()
        signal.throwIfAborted()
        ;[contacts, skipped] = [[], []]
      }
  if (isEmpty && leftOut.failure) throw leftOut.failure
  skipped.push(...leftOut.skipped)
  if (contacts.length + skipped.length > 0) yield { contacts, skipped }
}

type Draft = { readonly contact: DraftContact; readonly uid?: string | undefined }

async function* draftsOf(
  file: ExportFile,
  signal: AbortSignal,
): AsyncGenerator<Iterable<Draft>, void, undefined> {
  const prefix = await prefixOf(file, signal)
  const likely = likelyEncoding(prefix)
  const { encoding, read } = await surveyed(file, prefix, likely, signal).catch((error: unknown) => {
    if (error instanceof WrongEncoding) return surveyed(file, prefix, codePage, signal)
    throw error
  })
  try {
    yield* read(textOf(file, encoding, signal))
  } catch (error) {
    throw error instanceof WrongEncoding ? unreadable('the file changed while it was read', error) : error
  }
}

/** How a file is read, which is known after one pass through it. */
const surveyed = async (file: ExportFile, prefix: Uint8Array, encoding: Encoding, signal: AbortSignal) => {
  const texts = () => textOf(file, encoding, signal)
  const beginning = beginningOf(prefix, encoding)
  if (kindOf(beginning, file.name) === 'vcards') {
    const pass = texts()
    while ((await pass.next()).done !== true) continue
    return { encoding, read: cardContacts }
  }
  const head = tableHead(beginning)
  const dates = { order: await dateOrder(texts(), head), thisYear: file.modified.getUTCFullYear() }
  return {
    encoding,
    read: (texts: AsyncIterable<string>) => tableContacts(texts, head, dates),
  }
}
