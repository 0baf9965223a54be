import { join } from 'node:path'
import { afterEach, describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import { exampleEvent } from '../../../../testing/contracts/event-store/examples.ts'
import { append, lastPosition } from './append.ts'
import { SqliteError } from '../driver/driver.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import { OVERWRITE_DELETED } from '../driver/overwriting.ts'
import { identify } from '../file/schema.ts'
import { translated } from '../file/storage-failure.ts'

describe.each(sqliteDrivers)('appending on a full disk, over %s', (driver) => {
  let folder: string
  let db: SqliteDriver
  it.beforeEach(async ({ folder: own }) => {
    folder = own
    const file = join(folder, 'contacts.db')
    db = await openDriver(file, driver)
    db.exec(OVERWRITE_DELETED)
    identify(db, file)
  })
  afterEach(() => {
    db.close()
  })

  const overwrites = () => db.all('PRAGMA secure_delete')[0]?.['secure_delete']

  it('fails as full and appends nothing; smaller appends still work', () => {
    db.exec('PRAGMA max_page_count = 20')
    const events = [exampleEvent('small'), exampleEvent('large', 'x'.repeat(100_000))]
    expect(() => translated(() => append(db, 0, events, []))).toThrow('storage-full')
    expect(lastPosition(db)).toBe(0)
    expect(append(db, 0, [exampleEvent('small')], [])).toBe(1)
  })

  it('drops payloads without overwriting them if there is no room for zeros', () => {
    append(db, 0, [exampleEvent('page', 'x'.repeat(100_000))], [])
    const roomless: SqliteDriver = {
      ...db,
      run: (sql, parameters) => {
        if (sql.startsWith('UPDATE payloads') && overwrites() === 1) throw new SqliteError(13)
        db.run(sql, parameters)
      },
    }
    expect(append(roomless, 1, [exampleEvent('failed')], [{ stream: 'microsoft365' }])).toBe(2)
    expect(db.all('SELECT position FROM payloads WHERE body IS NOT NULL')).toEqual([])
    expect(overwrites()).toBe(1)
    expect(() => append(roomless, 1, [exampleEvent('late')], [{ stream: 'microsoft365' }])).toThrow(
      /appended first/,
    )
  })
})
