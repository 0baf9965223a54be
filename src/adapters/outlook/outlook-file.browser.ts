import { abortable } from '../../async/abortable.ts'
import { ImportFailure } from '../../domain/failures.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { onDemand } from '../http/load-code.ts'
import { chosenFile } from './chosen-file.ts'
import type { ExportFile } from './export-file.ts'

/** Bytes of a file that are in memory at a time. */
const PIECE = 256 * 1024

/** Names in the name of the account: a person may choose a card for each contact. */
const MOST_NAMES = 3

/** The contacts of the Outlook app, from files that the person at this browser chooses. */
export interface OutlookFile extends LinkedSource {
  /**
   * Takes the files that the person has chosen or dropped, for the next `signIn` or `restart` of the book. A refresh reads the files
   * of the last import again, as long as this page is open and they are unchanged.
   */
  choose(files: readonly File[]): void
}

/**
 * The contacts of the Outlook app, from files that it exported (`.csv`, `.vcf`) and that the person chooses in this page. Choosing them
 * is the consent: there is no sign-in, and nothing of a file leaves the device. The code that reads them is loaded when it is first
 * needed.
 *
 * A page loses its files when it is loaded again, and browsers give it no file that was changed since it was chosen (File API,
 * section 4): a refresh then fails with `file-unreadable`, whose `details.fileTime` is the date of the file that was read, and the list
 * stays. Content that is no list of contacts fails with `file-unreadable`, too, or with `file-unknown-columns`.
 */
export const outlookFile = (): OutlookFile => {
  let chosen: readonly File[] = []
  let agreed: readonly File[] = []
  const contacts = onDemand(async () =>
    (await import('./export-source.ts')).exportSource(async () => {
      const files = await opened(agreed)
      return { place: null, files: agreed.map((file) => exportFile(file, files.includes(file))) }
    }),
  )
  return {
    source: 'outlook',
    choose: (files) => (chosen = [...files]),
    signIn: {
      ...chosenFile(async () => {
        await opened(chosen)
        agreed = chosen
        return nameOf(agreed)
      }),
      signOut: async (isWanted) => {
        if (isWanted && !(await isWanted())) return
        chosen = agreed = []
      },
    },
    contacts: {
      source: 'outlook',
      async *fetch(request, context) {
        yield* (await abortable(contacts(), context.signal)).fetch(request, context)
      },
    },
    prepare: async () => {
      await contacts()
    },
  }
}

/**
 * Those that can be opened. Throws `file-unreadable` if there are none. Size and time of a `File` are those of the moment in which it
 * was chosen: only reading it tells whether they still hold.
 */
const opened = async (files: readonly File[]): Promise<readonly File[]> => {
  let cause: unknown
  const readable: File[] = []
  for (const file of files) {
    try {
      await file.slice(0, 1).arrayBuffer()
      readable.push(file)
    } catch (error) {
      cause = error
    }
  }
  if (readable.length === 0) throw new ImportFailure('file-unreadable', {}, cause)
  return readable
}

const nameOf = (files: readonly File[]): string =>
  [...files.slice(0, MOST_NAMES).map(({ name }) => name), ...(files.length > MOST_NAMES ? ['…'] : [])].join(
    ', ',
  )

const exportFile = (file: File, isReadable: boolean): ExportFile => ({
  name: file.name,
  size: isReadable ? file.size : -1,
  modified: new Date(file.lastModified),
  // Not every browser can iterate over its streams.
  async *read(signal) {
    for (let at = 0; at < file.size; at += PIECE) {
      signal.throwIfAborted()
      yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer())
    }
  },
})
