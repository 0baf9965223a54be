import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { examineFile } from '../../src/adapters/stores/sqlite/doctor/examine-file.ts'
import { openUntouched } from '../../src/adapters/stores/sqlite/doctor/open-untouched.ts'
import type { SqliteDriver } from '../../src/adapters/stores/sqlite/driver/driver.ts'
import { openDriver, sqliteDrivers } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { refreshAll } from '../core/device.ts'
import { copyOf, makeStore, openRestless } from '../storage/base-store.ts'
import { newFolder, test as it } from '../temp-folder.ts'

const doctor = fileURLToPath(new URL('doctor.fixture.mjs', import.meta.url))

/** A store with all its content in the WAL, as a killed process leaves it. */
const killed = async (folder: string): Promise<string> => {
  const store = await makeStore(folder, 20)
  const opened = await openRestless(store)
  await refreshAll(opened, sampleContacts(300))
  const copy = await copyOf(store, folder)
  await opened.book.close()
  return copy
}

const everything = (db: SqliteDriver) => ({
  tables: ['events', 'payloads', 'views', 'meta'].map((table) => db.all(`SELECT * FROM ${table}`)),
  check: db.all('PRAGMA integrity_check'),
  pages: db.all('PRAGMA page_count'),
})

const copies = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('device-contacts-examined-'))

describe.each(sqliteDrivers)('an examination of a store with a WAL, over %s,', (driver) => {
  const expectWhatSqliteReads = async (store: string): Promise<void> => {
    const { db, close } = await openUntouched(store, driver)
    const found = everything(db)
    close()
    const own = await openDriver(store, driver)
    expect(found).toEqual(everything(own))
    own.close()
  }

  it('reads what SQLite reads', async ({ folder }) => {
    const store = await killed(folder)
    await expectWhatSqliteReads(store)
  })

  it('reads what SQLite reads if the end of a WAL is from an earlier generation or belongs to no commit', async ({
    folder,
  }) => {
    const file = join(folder, 'a.db')
    const db = await openDriver(file, driver)
    db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 2')
    db.exec('CREATE TABLE a (text TEXT)')
    for (let row = 0; row < 60; row++) db.run('INSERT INTO a VALUES (?)', ['x'.repeat(3_000)])
    db.exec('PRAGMA wal_checkpoint(RESTART)')
    db.exec('DELETE FROM a WHERE rowid > 30; INSERT INTO a VALUES (1)')
    db.exec("BEGIN; UPDATE a SET text = text || 'y'")
    const copy = join(await newFolder(), 'b.db')
    for (const part of ['', '-wal']) await copyFile(file + part, copy + part)
    db.exec('ROLLBACK; VACUUM')
    const shrunk = join(await newFolder(), 'c.db')
    for (const part of ['', '-wal']) await copyFile(file + part, shrunk + part)
    db.close()
    for (const each of [copy, shrunk]) {
      const untouched = await openUntouched(each, driver)
      const read = (from: SqliteDriver) => [
        from.all('SELECT rowid, * FROM a'),
        from.all('PRAGMA integrity_check'),
        from.all('PRAGMA page_count'),
      ]
      const found = read(untouched.db)
      untouched.close()
      const own = await openDriver(each, driver)
      expect(found).toEqual(read(own))
      own.close()
    }
  })

  it.for([
    ['the salt of a frame', 8],
    ['the checksum of a frame', 16],
    ['the content of a frame', 24 + 100],
  ] as const)('reads what SQLite reads where %s is damaged', async ([, offset], { folder }) => {
    const store = await killed(folder)
    const wal = await readFile(`${store}-wal`)
    const frame = 24 + wal.readUInt32BE(8)
    const middle = 32 + frame * Math.floor((wal.length - 32) / frame / 2)
    wal.writeUInt8(wal.readUInt8(middle + offset) ^ 1, middle + offset)
    writeFileSync(`${store}-wal`, wal)
    await expectWhatSqliteReads(store)
  })

  it.skipIf(process.platform === 'win32')('has no file with a name while it reads', async ({ folder }) => {
    const store = await killed(folder)
    const before = copies()
    await examineFile(
      store,
      async () => {
        expect(copies().filter((name) => !before.includes(name))).toEqual([])
      },
      { driver },
    )
  })

  it.skipIf(process.platform === 'win32')('leaves nothing if it is killed meanwhile', async ({ folder }) => {
    const [store, temporary] = [await killed(folder), await newFolder()]
    const child = spawn(process.execPath, [doctor, store, driver], {
      env: { ...process.env, TMPDIR: temporary },
    })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    expect(readdirSync(temporary)).toEqual([])
  })

  it('removes the files of a killed one, and leaves those of a running one', async ({ folder }) => {
    const store = await killed(folder)
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    const left = join(tmpdir(), `device-contacts-examined-${child.pid}-abcdef`)
    const needed = await openUntouched(store, driver)
    const starting = join(tmpdir(), `device-contacts-examined-${process.pid}-starting`)
    mkdirSync(left)
    mkdirSync(starting)
    writeFileSync(join(left, 'copy.db'), 'Ada')
    await examineFile(store, async () => undefined, { driver })
    expect(copies()).toContain(basename(starting))
    rmdirSync(starting)
    expect(copies()).not.toContain(`device-contacts-examined-${child.pid}-abcdef`)
    expect(needed.db.all('SELECT count(*) AS n FROM events')[0]?.['n']).toBeGreaterThan(0)
    needed.close()
  })
})
