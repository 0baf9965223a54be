import { MessageChannel } from 'node:worker_threads'
import { filter, firstValueFrom } from 'rxjs'
import { connectBook, contactsClient, serveBook } from '../../src/index.ts'
import type { ContactBook, ContactsClient } from '../../src/index.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { openOurBook } from './our-book.ts'
import type { OurBookInput } from './our-book.ts'

export interface FirstScreenInput extends OurBookInput {
  /** Contacts of the mailbox. */
  readonly contacts: number
  /** Whether the client holds the book itself, or reaches it through a `MessagePort`. */
  readonly client: 'same thread' | 'port'
}

/** Rows of a screen. */
const SCREEN = 50

/** A first import, shown while it runs: until the first page is recorded, until a screen of it is shown, and as a whole. */
export const firstScreen = async (input: FirstScreenInput) => {
  const { book } = await openOurBook(input)
  const { client, close } = await open(book, input.client)
  const watch = stopwatch()
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const isHere = filter(
    ([account]: readonly { counts: { pages: number } }[]) => (account?.counts.pages ?? 0) > 0,
  )
  const page = firstValueFrom(book.accounts.pipe(isHere)).then(() => watch.lap())
  const screen = shown(client, Math.min(SCREEN, input.contacts)).then(() => watch.lap())
  await book.outcome(started.attempt)
  const ms = watch.lap()
  const [pageMs, screenMs] = await Promise.all([page, screen])
  const longestBlock = await watch.longestBlock()
  close()
  await book.close()
  return { ms, pageMs, screenMs, share: (screenMs - pageMs) / ms, longestBlock }
}

const open = async (book: ContactBook, where: FirstScreenInput['client']) => {
  if (where === 'same thread') {
    const client = contactsClient(book)
    return { client, close: () => client.close() }
  }
  const { port1, port2 } = new MessageChannel()
  const served = serveBook(book, port1)
  const client = await connectBook(port2)
  const close = () => {
    client.close()
    served.close()
    port1.close()
  }
  return { client, close }
}

const shown = async (client: ContactsClient, size: number): Promise<void> => {
  const { version } = await firstValueFrom(client.list.pipe(filter(({ count }) => count >= size)))
  const rows = await client.rows(version, 0, size)
  if (rows === 'outdated') return shown(client, size)
  if (rows.length !== size) throw new Error('The screen is not full')
}
