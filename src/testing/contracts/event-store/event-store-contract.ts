import { describe } from 'vitest'
import { appending } from './appending.ts'
import { closing } from './closing.ts'
import { erasing } from './erasing.ts'
import type { EventStoreFixture } from './fixture.ts'
import { logPerTest } from './opening.ts'
import { payloads } from './payloads.ts'
import { sharing } from './sharing.ts'

/**
 * The tests that every `EventStore` must pass, for vitest. Call it once in a test file; `create` makes an empty log in a
 * separate medium for each test:
 *
 *     eventStoreContract('my store', async () => {
 *       const place = await newPlace()
 *       return { open: () => openMyStore(place), dispose: () => place.remove() }
 *     })
 */
export const eventStoreContract = (name: string, create: () => Promise<EventStoreFixture>): void => {
  describe(`${name} keeps the contract of an event store`, () => {
    const open = logPerTest(create)
    describe('appending and reading', () => appending(open))
    describe('payloads', () => payloads(open))
    describe('sharing, views, key', () => sharing(open))
    describe('erasing', () => erasing(open))
    describe('closing', () => closing(open))
  })
}
