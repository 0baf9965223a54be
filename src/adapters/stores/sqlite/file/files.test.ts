import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { EventStore } from '../../../../ports/event-store.ts'
import {
  exampleEvent,
  jsonBytes,
  jsonIn,
  readAll,
} from '../../../../testing/contracts/event-store/examples.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import { sqliteLocks } from '../run-locks.ts'
import { openSqliteStore } from '../open-store.ts'

describe.each(sqliteDrivers)('the files of a SQLite store, over %s', (driver) => {
  let folder: string
  let file: string
  it.beforeEach(({ folder: own }) => {
    folder = own
    file = join(folder, 'contacts.db')
  })

  const open = async (path = file) => openSqliteStore(path, { driver })

  /** A closed store with three events and its bytes. */
  const made = async () => {
    const store = await open()
    const many = Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, note: 'n'.repeat(200) }))
    await store.append(0, [exampleEvent('a', many), exampleEvent('b', 'small'), exampleEvent('c')])
    await store.saveView({
      name: 'contacts',
      version: 1,
      position: 3,
      data: many,
      parts: [many, 'small'].map(jsonBytes),
    })
    const state = { key: store.key, events: await readAll(store), view: await viewIn(store) }
    await store.close()
    return { state, bytes: readFileSync(file) }
  }

  const viewIn = async (store: EventStore) => {
    const view = await store.loadView('contacts', 1)
    return view && { ...view, parts: view.parts.map(jsonIn) }
  }

  const refused = async (code: string, path = file): Promise<void> => {
    await expect(open(path)).rejects.toBeInstanceOf(ImportFailure)
    await expect(open(path)).rejects.toMatchObject({ code })
  }

  it.skipIf(process.platform === 'win32')('are for the user alone', async () => {
    const nested = join(folder, 'new', 'deep', 'contacts.db')
    const store = await open(nested)
    await store.append(0, [exampleEvent('a')])
    for (const name of ['', '-wal', '-shm']) expect(statSync(nested + name).mode & 0o777).toBe(0o600)
    for (const path of ['new', 'new/deep']) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700)
    await store.close()
    writeFileSync(file, '', { mode: 0o644 })
    await (await open()).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('are named by their whole path', async () => {
    const store = await open()
    expect(store.location).toBe(file)
    await store.close()
  })

  it('are left unchanged if they are not a database', async () => {
    for (const content of ['a', 'Name,Phone\nAda,1\n'.repeat(999), '\0'.repeat(8192)]) {
      writeFileSync(file, content)
      await refused('storage-foreign')
      expect(readFileSync(file, 'utf8')).toBe(content)
      expect(readdirSync(folder)).toEqual(['contacts.db'])
    }
  })

  it('are left unchanged if they are the database of something else', async () => {
    for (const marks of ['', 'PRAGMA user_version = 1', 'PRAGMA application_id = 7']) {
      rmSync(file, { force: true })
      const db = await openDriver(file, driver)
      db.exec(`CREATE TABLE events (position INTEGER); INSERT INTO events VALUES (7); ${marks}`)
      db.close()
      const before = readFileSync(file)
      await refused('storage-foreign')
      expect(readFileSync(file)).toEqual(before)
      expect(readdirSync(folder)).toEqual(['contacts.db'])
    }
  })

  it('cannot be a folder, nor lie beneath a file', async () => {
    mkdirSync(file)
    await refused('storage-unavailable')
    writeFileSync(join(folder, 'plain'), '')
    await refused('storage-unavailable', join(folder, 'plain', 'contacts.db'))
  })

  it('count as damaged, and are left unchanged, if their end is missing', async () => {
    const { bytes } = await made()
    for (const size of [100, 4096, 5000, bytes.length >> 1]) {
      writeFileSync(file, bytes.subarray(0, size))
      await expect(open().then(async (store) => readAll(store))).rejects.toMatchObject({
        code: 'storage-damaged',
      })
      expect(readFileSync(file)).toEqual(bytes.subarray(0, size))
    }
  })

  it('count as damaged if everything but the WAL is missing', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a')])
    const wal = readFileSync(`${file}-wal`)
    await store.close()
    truncateSync(file)
    writeFileSync(`${file}-wal`, wal)
    await refused('storage-damaged')
    expect(readFileSync(`${file}-wal`)).toEqual(wal)
  })

  it('count as damaged if no byte is left beside the run locks', async () => {
    await made()
    const locks = sqliteLocks(file, { driver })
    await locks.acquire('microsoft365')
    await locks.close()
    truncateSync(file)
    await refused('storage-damaged')
    expect(statSync(file).size).toBe(0)
  })

  it.each([
    ['is missing', 'DELETE FROM payloads WHERE position = 2'],
    ['is another one', `UPDATE payloads SET body = x'0102' WHERE position = 2`],
  ])('tell where a payload %s that was not dropped, and give back all others', async (_, damage) => {
    const { state } = await made()
    const db = await openDriver(file, driver)
    db.exec(damage)
    db.close()
    const store = await open()
    const [first, second, ...others] = state.events
    const lost = { ...second, payload: null, isPayloadDamaged: true }
    expect(await readAll(store)).toEqual([first, lost, ...others])
    await store.close()
  })

  it('never return anything but what was stored, whichever byte is damaged', async () => {
    const { state, bytes } = await made()
    const outcomes = new Map<string, number>()
    for (let place = 0; place < bytes.length; place += 131) {
      const damaged = Buffer.from(bytes)
      damaged[place] = (damaged[place] ?? 0) ^ (1 << (place % 8))
      const path = join(folder, `damaged-${place}.db`)
      writeFileSync(path, damaged)
      const outcome = await examine(path, state)
      expect
        .soft(outcome, `byte ${place}`)
        .toMatch(/^(unharmed|payload lost|storage-damaged|storage-foreign)$/)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    // Most of this small file is unused.
    expect(outcomes.get('storage-damaged')).toBeGreaterThan(4)
    expect(outcomes.get('payload lost')).toBeGreaterThan(20)
  })

  const examine = async (path: string, { key, events, view }: Awaited<ReturnType<typeof made>>['state']) => {
    try {
      const store = await open(path)
      try {
        expect(store.key).toBe(key)
        const read = await readAll(store)
        const lost = read.filter(({ isPayloadDamaged }) => isPayloadDamaged).map(({ position }) => position)
        const lose = (event: object) => ({ ...event, payload: null, isPayloadDamaged: true })
        expect(read).toEqual(events.map((event) => (lost.includes(event.position) ? lose(event) : event)))
        expect([view, null]).toContainEqual(await viewIn(store))
        return lost.length > 0 ? 'payload lost' : 'unharmed'
      } finally {
        await store.close()
      }
    } catch (error) {
      return error instanceof ImportFailure ? error.code : String(error)
    }
  }

  it('can be read but not written if a later version made them', async () => {
    const { state } = await made()
    const db = await openDriver(file, driver)
    db.exec('PRAGMA user_version = 3; ALTER TABLE events ADD COLUMN more TEXT')
    db.close()
    const store = await open()
    expect(store.newer).toBe(true)
    expect(await readAll(store)).toEqual(state.events)
    const writes = [
      store.append(3, [exampleEvent('d')]),
      store.saveView({ name: 'n', version: 1, position: 3, data: 1 }),
      store.erase('microsoft365', 3),
    ]
    for (const write of writes) await expect(write).rejects.toMatchObject({ code: 'storage-read-only' })
    await store.close()
  })
})
