import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, vi } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import { exampleEvent, readAll } from '../../../../testing/event-store/examples.ts'
import { SqliteError } from '../driver/driver.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { erase } from './erase.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import { openSqliteStore } from '../open-store.ts'

const disk = vi.hoisted(() => ({ writesLeft: Infinity }))

/** The process is killed where as many pages are written. */
vi.mock('node:fs', async (original) => {
  const fs = await original<Record<string, (...parameters: readonly unknown[]) => unknown>>()
  const writeSync = (...parameters: readonly unknown[]): unknown => {
    if (disk.writesLeft-- <= 0) throw new Error('killed')
    return fs['writeSync']?.(...parameters)
  }
  return { ...fs, writeSync }
})

const MARKER = 'Zyxwvut'
const KEPT = 'Abcdefg'
const full = () => {
  throw new SqliteError(13)
}

describe.each(sqliteDrivers)('erasing without room to rewrite the database, over %s', (driver) => {
  let folder: string
  let file: string
  let tombstone: number

  it.beforeEach(async ({ folder: own }) => {
    disk.writesLeft = Infinity
    folder = own
    file = join(folder, 'contacts.db')
    tombstone = await fill()
  })

  const names = (count: number) => Array.from({ length: count }, (_, index) => `${MARKER} ${index}`)

  /**
   * Rows of all sizes that were moved, dropped and overwritten, with and without zeros, among those of another,
   * which have taken the place of what was dropped.
   */
  const fill = async (): Promise<number> => {
    const store = await openSqliteStore(file, { driver })
    let last = 0
    for (const [round, count] of [1_000, 3, 400, 40, 7, 150, 1, 90, 9_000, 3_000].entries()) {
      const attempt = `attempt-${round}`
      const changes = names(12).map((name, index) => exampleEvent(`${round}-${index}`, { name }, { attempt }))
      const others = { names: [KEPT, 'x'.repeat(5_000 + count)] }
      const events = [
        exampleEvent(`page-${round}`, { contacts: names(count) }, { attempt }),
        exampleEvent(`google-${round}`, others, { stream: 'google' }),
        ...changes,
      ]
      const drop =
        round % 3 === 2 ? [{ stream: 'microsoft365', attempt: `attempt-${round - 1}` } as const] : []
      last = await store.append(last, events, drop)
      await store.saveView({ name: 'contacts', version: 1, position: last, data: names(count) })
    }
    // Its length does not fill its last page. It takes all free pages, so that the page that is freed next becomes the
    // first of the free list.
    const large = exampleEvent('large', 'x'.repeat(503_500), { stream: 'google' })
    last = await store.append(last, [large, exampleEvent('end', null, { type: 'account.signed-out' })])
    await dropWithoutZeros(8 * 14 + 1)
    await store.close()
    leaveRemnantAfter('x"')
    return last
  }

  /** As the page was before a text took its beginning. */
  const leaveRemnantAfter = (end: string): void => {
    const bytes = readFileSync(file)
    const place = bytes.indexOf(end + '\0'.repeat(100)) + end.length
    expect(place).toBeGreaterThan(end.length)
    bytes.write(MARKER, place + 20)
    writeFileSync(file, bytes)
  }

  const dropWithoutZeros = async (position: number): Promise<void> => {
    const db = await openDriver(file, driver)
    db.exec(`PRAGMA secure_delete = OFF; UPDATE payloads SET body = NULL WHERE position = ${position}`)
    db.close()
  }

  const filesWith = (text: string): string[] =>
    readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text))

  const others = async () => {
    const store = await openSqliteStore(file, { driver })
    const events = await readAll(store)
    await store.close()
    return events.filter(({ stream }) => stream === 'google')
  }

  const integrity = (db: SqliteDriver) => db.all('PRAGMA integrity_check')

  /** A database on a disk on which VACUUM, and perhaps nothing at all, finds room. */
  const roomless = async (hasRoomForRows = true): Promise<SqliteDriver> => {
    const db = await openDriver(file, driver)
    db.exec('PRAGMA secure_delete = ON')
    return {
      ...db,
      exec: (sql) => (sql === 'VACUUM' ? full() : db.exec(sql)),
      run: (sql, parameters) => (hasRoomForRows ? db.run(sql, parameters) : full()),
    }
  }

  it('leaves no byte of a contact, and all of what belongs to another', async () => {
    const before = await others()
    expect(filesWith(MARKER)).toEqual(['contacts.db'])
    const db = await roomless()
    await erase(db, file, 'microsoft365', tombstone)
    expect(filesWith(MARKER)).toEqual([])
    expect(integrity(db)).toEqual([{ integrity_check: 'ok' }])
    expect(db.all("SELECT count(*) AS left FROM events WHERE stream = 'microsoft365'")).toEqual([{ left: 1 }])
    db.close()
    expect(filesWith(MARKER)).toEqual([])
    expect(await others()).toEqual(before)
  })

  it('leaves none either where not even a row can be deleted, until there is room for that', async () => {
    const before = await others()
    const poor = await roomless(false)
    await erase(poor, file, 'microsoft365', tombstone)
    expect(filesWith(MARKER)).toEqual([])
    expect(integrity(poor)).toEqual([{ integrity_check: 'ok' }])
    poor.close()
    expect(await others()).toEqual(before)
    const rich = await openDriver(file, driver)
    await erase(rich, file, 'microsoft365', tombstone)
    expect(rich.all("SELECT count(*) AS left FROM events WHERE stream = 'microsoft365'")).toEqual([
      { left: 1 },
    ])
    rich.close()
    expect(await others()).toEqual(before)
  })

  it('leaves none while another connection reads, and that one brings nothing back', async () => {
    const reader = await openDriver(file, driver)
    reader.all('SELECT * FROM payloads')
    const db = await roomless()
    await erase(db, file, 'microsoft365', tombstone)
    reader.exec("UPDATE events SET attempt = 'other' WHERE stream = 'google'")
    expect(filesWith(MARKER)).toEqual([])
    reader.close()
    db.close()
    expect(filesWith(MARKER)).toEqual([])
  })

  it('can be killed after every page: nothing of another is lost, and the next one finishes it', async () => {
    const before = await others()
    const whole = join(folder, 'whole')
    copyFileSync(file, whole)
    let kills = 0
    for (let done = false; !done; kills++) {
      copyFileSync(whole, file)
      const db = await roomless(false)
      disk.writesLeft = kills
      done = await erase(db, file, 'microsoft365', tombstone).then(
        () => true,
        () => false,
      )
      disk.writesLeft = Infinity
      expect(integrity(db)).toEqual([{ integrity_check: 'ok' }])
      db.close()
      expect(await others()).toEqual(before)
      const next = await roomless(false)
      await erase(next, file, 'microsoft365', tombstone)
      next.close()
      expect(filesWith(MARKER)).toEqual(['whole'])
    }
    expect(kills).toBeGreaterThan(30)
  })
})
