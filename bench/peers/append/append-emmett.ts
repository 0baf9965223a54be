import { stopwatch } from '../../harness/stopwatch.ts'
import { loadPeer } from '../load-peer.ts'
import { readPages } from './read-pages.ts'
import type { AppendInput } from './read-pages.ts'

export interface EmmettInput extends AppendInput {
  /** The content of one event. In both cases a page is appended in one call, which is one commit. */
  readonly event: 'contact' | 'page'
}

interface EmmettEvent {
  readonly type: string
  readonly data: object
}

/** The part of Emmett's API that is used here. */
interface Emmett {
  readonly getSQLiteEventStore: (options: { readonly fileName: string }) => {
    appendToStream(stream: string, events: readonly EmmettEvent[]): Promise<unknown>
    readStream(stream: string): Promise<{ readonly events: readonly EmmettEvent[] }>
  }
}

const STREAM = 'microsoft365'

/** Emmett's SQLite store, which is as durable as ours: WAL and `synchronous=FULL` by default. */
export const appendEmmett = async ({ file, list, event }: EmmettInput) => {
  const { getSQLiteEventStore } = await loadPeer<Emmett>('emmett')
  const pages = await readPages(list)
  const store = getSQLiteEventStore({ fileName: file })
  // Creates the tables, which is not part of the comparison.
  await store.readStream(STREAM)
  const eventsOf = (contacts: readonly unknown[]): readonly EmmettEvent[] =>
    event === 'page'
      ? [{ type: 'PageFetched', data: { contacts } }]
      : contacts.map((contact) => ({ type: 'ContactFetched', data: contact as object }))

  const watch = stopwatch()
  for (const contacts of pages) await store.appendToStream(STREAM, eventsOf(contacts))
  const ms = watch.lap()

  const { events } = await store.readStream(STREAM)
  const held = (data: object) => ('contacts' in data ? (data.contacts as unknown[]).length : 0)
  const contacts = event === 'page' ? events.reduce((sum, { data }) => sum + held(data), 0) : events.length
  return { ms, contacts }
}
