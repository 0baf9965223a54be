import { randomUUID } from 'node:crypto'
import type { Fact } from '../../src/node.ts'
import { openOurLog } from './our-log.ts'

export interface StoreHistoryInput {
  /** A store with one import. */
  readonly from: string
  /** The store to create. */
  readonly file: string
  /** The import and its refreshes, each of which lists everything again. */
  readonly attempts: number
}

/** Creates a store with a long history from which nothing was dropped. The store has its own key. */
export const storeHistory = async ({ from, file, attempts }: StoreHistoryInput) => {
  const source = await openOurLog(from)
  const facts: readonly Fact[] = await source.log.readRest()
  await source.close()

  const { log, obtainKey, close } = await openOurLog(file)
  await obtainKey()
  for (let number = 1; number <= attempts; number++) {
    const attempt = randomUUID()
    const repeated = facts
      .filter(({ type }) => number === 1 || type !== 'consent.granted')
      .map(({ type, stream, payload = null, data }) => {
        const by = number === 1 ? 'signIn' : 'refresh'
        const changed = type === 'attempt.requested' ? { by, number } : data
        return { type, stream, payload, attempt, data: changed } as Fact
      })
    await log.append(repeated, [])
  }
  await close()
  return { events: log.position }
}
