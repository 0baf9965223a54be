import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { EventStore } from '../../src/node.ts'
import { stopwatch } from '../stopwatch.ts'

export interface OpenBookInput {
  readonly file: string
  /** Where the list comes from: the saved view, or the log alone. */
  readonly from: 'view' | 'log'
  readonly contacts: number
}

/** Opens a book: until it is open, and until its list is sorted and may be shown. */
export const openBook = async ({ file, from, contacts }: OpenBookInput) => {
  const watch = stopwatch()
  const { events, locks } = await sqliteStorage(file)
  let isFound = false
  const loadView: EventStore['loadView'] = async (name, version) => {
    const view = from === 'view' ? await events.loadView(name, version) : null
    isFound = view !== null
    return view
  }
  const book = await openContactBook({ store: { events: { ...events, loadView }, locks }, sources: [] })
  const openMs = watch.lap()
  const { length } = book.contacts.get()
  const ms = watch.lap()
  await book.close()
  if (length !== contacts) throw new Error(`${length} contacts instead of ${contacts}`)
  if (isFound !== (from === 'view')) throw new Error('The list did not come from where it should')
  return { ms, openMs }
}
