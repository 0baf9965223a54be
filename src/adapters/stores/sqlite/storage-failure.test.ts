import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PositionConflict } from '../../../ports/event-store.ts'
import { exampleEvent } from '../../../testing/event-store-examples.ts'
import { append, lastPosition } from './append.ts'
import { SqliteError } from './driver.ts'
import { openDriver, sqliteDrivers } from './open-driver.ts'
import { identify } from './schema.ts'
import { translated } from './storage-failure.ts'

const thrown = (error: unknown): unknown => {
  try {
    return translated(() => {
      throw error
    })
  } catch (translation) {
    return translation
  }
}

describe('what a medium throws', () => {
  it.each([
    [new SqliteError(11), 'storage-damaged'],
    [new SqliteError(11 | (1 << 8)), 'storage-damaged'],
    [new SqliteError(8), 'storage-read-only'],
    [new SqliteError(13), 'storage-full'],
    [new SqliteError(14), 'storage-unavailable'],
    [new SqliteError(5), 'storage-unavailable'],
    [Object.assign(new Error(), { code: 'ENOSPC' }), 'storage-full'],
    [Object.assign(new Error(), { code: 'EROFS' }), 'storage-read-only'],
    [Object.assign(new Error(), { code: 'EACCES' }), 'storage-unavailable'],
  ])('%o is %s', (error, code) => {
    expect(thrown(error)).toMatchObject({ name: 'ImportFailure', code, cause: error })
  })

  it('is no failure of the medium where it is a conflict or a mistake', () => {
    for (const error of [new PositionConflict(), new TypeError()]) expect(thrown(error)).toBe(error)
  })

  it.each(sqliteDrivers)('is a full disk, and appends nothing, over %s', async (driver) => {
    const folder = mkdtempSync(join(tmpdir(), 'device-contacts-'))
    const db = await openDriver(join(folder, 'contacts.db'), driver)
    identify(db, join(folder, 'contacts.db'))
    db.exec('PRAGMA max_page_count = 20')
    const events = [exampleEvent('small'), exampleEvent('large', 'x'.repeat(100_000))]
    expect(() => translated(() => append(db, 0, events, []))).toThrow('storage-full')
    expect(lastPosition(db)).toBe(0)
    expect(append(db, 0, [exampleEvent('small')], [])).toBe(1)
    db.close()
    rmSync(folder, { recursive: true })
  })
})
