import { afterEach, beforeEach } from 'vitest'
import type { EventStore } from '../../../ports/event-store.ts'
import type { EventStoreFixture } from './fixture.ts'

/** Opens the log of the running test once more. The store is closed after the test. */
export type OpenStore = () => Promise<EventStore>

/** Gives each test of the surrounding `describe` its own log. */
export const logPerTest = (create: () => Promise<EventStoreFixture>): OpenStore => {
  let fixture: EventStoreFixture
  let opened: EventStore[] = []
  beforeEach(async () => {
    fixture = await create()
    opened = []
  })
  afterEach(async () => {
    for (const store of opened) await store.close()
    await fixture.dispose()
  })
  return async () => {
    const store = await fixture.open()
    opened.push(store)
    return store
  }
}
