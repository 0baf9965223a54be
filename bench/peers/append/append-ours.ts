import { sqliteStorage } from '../../../src/node.ts'
import { readPages } from './read-pages.ts'
import type { AppendInput } from './read-pages.ts'
import { stopwatch } from '../../harness/stopwatch.ts'

/** Our store: a page is one event, and one commit. */
export const appendOurs = async ({ file, list }: AppendInput) => {
  const pages = await readPages(list)
  const { events, locks } = await sqliteStorage(file)

  const watch = stopwatch()
  let position = 0
  for (const contacts of pages) {
    const event = {
      stream: 'microsoft365' as const,
      type: 'page.fetched',
      version: 1,
      id: crypto.randomUUID(),
      time: new Date().toISOString(),
      attempt: 'attempt',
      data: { page: position + 1, contacts: contacts.length, skipped: {} },
      payload: { contacts },
    }
    position = await events.append(position, [event])
  }
  const ms = watch.lap()

  let stored = 0
  for await (const { payload } of events.read(0, { payloads: true }))
    stored += (payload as { contacts: unknown[] }).contacts.length
  await events.close()
  await locks.close()
  return { ms, contacts: stored }
}
