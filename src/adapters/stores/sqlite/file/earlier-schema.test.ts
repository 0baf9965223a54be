import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import type { EventStore } from '../../../../ports/event-store.ts'
import { readAll } from '../../../../testing/contracts/event-store/examples.ts'
import { examineFile } from '../doctor/examine-file.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { bytesChecksum, checksum } from '../log/checksum.ts'
import { openSqliteStore } from '../open-store.ts'
import { sqliteLocks } from '../run-locks.ts'
import { APPLICATION_ID } from './store-signature.ts'

const MARKER = 'Zqname of a person'

/** The schema of versions before encryption. */
const SCHEMA_1 = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
    id TEXT NOT NULL, time TEXT NOT NULL, attempt TEXT, data TEXT NOT NULL, payload_sum INTEGER,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE payloads (position INTEGER PRIMARY KEY, body TEXT) STRICT;
  CREATE TABLE views (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
    sum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`

const insert = (db: SqliteDriver, position: number, payload: string | null, isDropped = false) => {
  const sum = payload === null ? null : bytesChecksum(Buffer.from(payload))
  const row = [
    position,
    'microsoft365',
    'page.fetched',
    1,
    `e${position}`,
    '2026-01-01T00:00:00.000Z',
    'a',
    '{}',
    sum,
  ]
  db.run('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [...row, checksum(...row)])
  if (payload !== null) db.run('INSERT INTO payloads VALUES (?, ?)', [position, isDropped ? null : payload])
}

describe.each(sqliteDrivers)(
  'a store in which an earlier version kept contacts in the clear, over %s',
  (driver) => {
    let folder: string
    let file: string
    it.beforeEach(async ({ folder: own }) => {
      folder = own
      file = join(folder, 'contacts.db')
      const db = await openDriver(file, driver)
      db.exec(`PRAGMA journal_mode = WAL; ${SCHEMA_1}`)
      db.run("INSERT INTO meta VALUES ('key', 'k'), ('key_sum', ?), ('erased', '0')", [String(checksum('k'))])
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`)
      insert(db, 1, JSON.stringify({ name: MARKER, pad: 'x'.repeat(20_000) }))
      insert(db, 2, null)
      insert(db, 3, JSON.stringify({ name: 'dropped' }), true)
      db.run('INSERT INTO views VALUES (?, 1, 3, ?, 1)', ['contacts', JSON.stringify([MARKER])])
      db.close()
      expect(filesWithMarker()).not.toEqual([])
    })

    const filesWithMarker = (): string[] =>
      readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(MARKER))

    const payloadsIn = async (): Promise<(number | null)[]> => {
      const store = await openSqliteStore(file, { driver })
      const sizes = []
      for await (const { payload } of store.read(0, { payloads: true })) sizes.push(payload?.length ?? null)
      expect(store.plain).toBe(false)
      expect(store.newer).toBe(false)
      expect(await store.loadView('contacts', 1)).toBeNull()
      expect(await store.append(3, [])).toBe(3)
      await store.close()
      return sizes
    }

    it('keeps its events, but no byte of a contact: payloads that were not dropped are empty', async () => {
      const store = await openSqliteStore(file, { driver })
      expect(filesWithMarker()).toEqual([])
      await store.close()
      expect(filesWithMarker()).toEqual([])
      expect(await payloadsIn()).toEqual([0, null, null])
    })

    it('is rewritten again at the next opening if that was interrupted', async () => {
      await payloadsIn()
      const db = await openDriver(file, driver)
      db.exec(
        `PRAGMA secure_delete = OFF; CREATE TABLE rest (text TEXT); INSERT INTO meta VALUES ('plaintext', '1')`,
      )
      db.run('INSERT INTO rest VALUES (?)', [MARKER])
      db.exec('DROP TABLE rest')
      db.close()
      expect(filesWithMarker()).not.toEqual([])
      expect(await payloadsIn()).toEqual([0, null, null])
      expect(filesWithMarker()).toEqual([])
    })

    it('is left as it is while another process imports into it', async () => {
      const locks = sqliteLocks(file, { driver })
      await locks.acquire('google')
      await expect(openSqliteStore(file, { driver })).rejects.toMatchObject({ code: 'storage-busy' })
      expect(filesWithMarker()).not.toEqual([])
      await locks.close()
      expect(await payloadsIn()).toEqual([0, null, null])
    })

    it('is read unchanged if it cannot be written', async () => {
      const read = async (store: EventStore) => ({ plain: store.plain, events: await readAll(store) })
      const { log } = await examineFile(file, read, { driver })
      expect(log?.plain).toBe(true)
      expect(log?.events.map(({ payload }) => payload)).toMatchObject([{ name: MARKER }, null, null])
      expect(filesWithMarker()).not.toEqual([])
    })
  },
)
