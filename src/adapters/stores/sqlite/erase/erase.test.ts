import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import type { EventStore } from '../../../../ports/event-store.ts'
import {
  exampleEvent,
  idsWithPayload,
  jsonBytes,
  readAll,
} from '../../../../testing/contracts/event-store/examples.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import { openSqliteStore } from '../open-store.ts'

const MARKER = 'Zyxwvut'
const KEPT = 'Abcdefg'

describe.each(sqliteDrivers)('erasing a SQLite store, over %s', (driver) => {
  let folder: string
  let file: string
  let store: EventStore

  it.beforeEach(async ({ folder: own }) => {
    folder = own
    file = join(folder, 'contacts.db')
    store = await openSqliteStore(file, { driver })
  })
  afterEach(async () => {
    await store.close()
  })

  const filesWith = (text: string): string[] =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))

  /** Pages of many sizes, drops in their midst, small changes and views: rows move, pages split and are freed. */
  const fill = async (): Promise<number> => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `${MARKER} ${index}`)
    let last = 0
    for (const [round, count] of [1_000, 3, 400, 40, 7, 150, 1, 90].entries()) {
      const attempt = `attempt-${round}`
      const payload = { contacts: names(count) }
      const events = [
        exampleEvent(`page-${round}`, payload, { attempt }),
        exampleEvent(`google-${round}`, { names: [KEPT, 'x'.repeat(count * 3)] }, { stream: 'google' }),
        ...names(12).map((name, index) => exampleEvent(`change-${round}-${index}`, { name }, { attempt })),
      ]
      const drop =
        round % 3 === 2 ? [{ stream: 'microsoft365', attempt: `attempt-${round - 1}` } as const] : []
      last = await store.append(last, events, drop)
      await store.saveView({
        name: 'contacts',
        version: 1,
        position: last,
        data: names(count),
        parts: [names(count), names(3)].map(jsonBytes),
      })
    }
    expect(filesWith(MARKER)).not.toEqual([])
    return store.append(last, [exampleEvent('tombstone', null, { type: 'account.signed-out' })])
  }

  it('leaves no byte of a contact in any file', async () => {
    const tombstone = await fill()
    await store.erase('microsoft365', tombstone)
    expect(filesWith(MARKER)).toEqual([])
    expect(filesWith(KEPT)).toEqual(['contacts.db'])
    await store.close()
    expect(filesWith(MARKER)).toEqual([])
  })

  it('leaves none after drops and a checkpoint either', async () => {
    const tombstone = await fill()
    await store.append(tombstone, [], [{ stream: 'microsoft365' }])
    await store.close()
    store = await openSqliteStore(file, { driver })
    await store.erase('microsoft365', tombstone)
    expect(filesWith(MARKER)).toEqual([])
    expect(await idsWithPayload(store)).toHaveLength(8)
  })

  it('leaves none while another connection holds the store open, and waits until that has read', async () => {
    const tombstone = await fill()
    const reader = await openDriver(file, driver)
    reader.exec('BEGIN')
    reader.all('SELECT count(*) FROM payloads')
    let read = false
    setTimeout(() => {
      read = true
      reader.exec('COMMIT')
    }, 300)
    await store.erase('microsoft365', tombstone)
    expect(read).toBe(true)
    expect(filesWith(MARKER)).toEqual([])
    expect(reader.all("SELECT count(*) AS left FROM events WHERE stream = 'microsoft365'")).toEqual([
      { left: 1 },
    ])
    reader.close()
  })

  it('gives the space back', async () => {
    const tombstone = await fill()
    await store.erase('microsoft365', tombstone)
    await store.append(tombstone, [exampleEvent('end', null, { stream: 'google' })])
    await store.erase('google', tombstone + 1)
    expect((await readAll(store)).map(({ id }) => id)).toEqual(['tombstone', 'end'])
    expect(readFileSync(file).length).toBeLessThan(50_000)
  })
})
