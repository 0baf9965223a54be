import { randomUUID } from 'node:crypto'
import { sqliteStorage } from '../../src/node.ts'
import type { StoredEvent } from '../../src/node.ts'

export interface StoreHistoryInput {
  /** A store with one import. */
  readonly from: string
  /** The import to make, and the number of refreshes still missing; each lists everything again. */
  readonly file: string
  readonly attempts: number
}

/** Makes a long history, in which nothing was ever dropped. */
export const storeHistory = async ({ from, file, attempts }: StoreHistoryInput) => {
  const source = await sqliteStorage(from)
  const events: StoredEvent[] = []
  for await (const event of source.events.read(0, { payloads: true })) events.push(event)
  await source.events.close()

  const { events: store } = await sqliteStorage(file)
  let last = 0
  for (let number = 1; number <= attempts; number++) {
    const attempt = randomUUID()
    const repeated = events
      .filter(({ type }) => number === 1 || type !== 'consent.granted')
      .map((event) => ({ ...event, id: randomUUID(), attempt, data: dataOf(event, number) }))
    last = await store.append(last, repeated)
  }
  await store.close()
  return { events: last }
}

const dataOf = ({ type, data }: StoredEvent, number: number): unknown =>
  type === 'attempt.requested' ? { by: number === 1 ? 'signIn' : 'refresh', number } : data
