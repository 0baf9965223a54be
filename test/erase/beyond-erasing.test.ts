import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../temp-folder.ts'
import { openDriver } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { deleteStore, openContactBook, sqliteStorage } from '../../src/node.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { list } from '../core/device.ts'
import { lastRecord, run } from '../terminal-command.ts'
import { runWithoutRoom } from '../terminal-process.ts'
import type { Ended } from '../terminal-process.ts'
import { foundIn } from './found-in.ts'
import { marks } from './marked.ts'
import { copyOfFolder, markedStores, storeIn } from './marked-stores.ts'

let root: string
/** Folders with a list and tokens: closed normally, and left by a process that was killed during a refresh. */
let closed: string
let killed: string

it.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  ;({ closed, killed } = await markedStores(root))
})

const copyOf = (folder: string): Promise<string> => copyOfFolder(folder, root)
const signOut = (folder: string): Promise<Ended> => run('sign-out', '--store', storeIn(folder), '--json')

const signOutWithoutRoom = (folder: string): Promise<Ended> =>
  runWithoutRoom('sign-out', '--store', storeIn(folder), '--json')

const zeroed = async (store: string, from: number, to: number): Promise<void> => {
  const bytes = await readFile(store)
  await writeFile(store, bytes.fill(0, from, to))
}

describe('a sign-out from a store that cannot be erased says so, and deletes every file of ours:', () => {
  const mkdirAt = async (path: string): Promise<void> => {
    await mkdir(path)
  }
  const damages: readonly [string, () => string, (store: string) => Promise<void>][] = [
    ['without its end', () => closed, (store) => truncate(store, 50_000)],
    ['without its first bytes', () => closed, (store) => zeroed(store, 0, 64)],
    ['without its tables', () => closed, (store) => zeroed(store, 4096, 40_000)],
    ['without any byte, beside what was not yet written into it', () => killed, (store) => truncate(store)],
    ['with a folder where SQLite needs a file', () => closed, (store) => mkdirAt(`${store}-wal`)],
    [
      'with a changed event',
      () => killed,
      async (store) => {
        const db = await openDriver(store)
        db.exec("UPDATE events SET data = '{}' WHERE position = 2")
        db.close()
      },
    ],
  ]

  it.each(damages)('%s', async (_, like, damage) => {
    const folder = await copyOf(like())
    expect(await foundIn(folder, marks)).not.toEqual([])
    await damage(storeIn(folder))
    const ended = await signOut(folder)
    expect(ended.stderr).toContain('the whole file is deleted')
    expect(ended.code).toBe(0)
    const { state, code, deleted } = lastRecord(ended)
    expect([state, code]).toEqual(['idle', null])
    expect(deleted).toContain(storeIn(folder))
    expect(await foundIn(folder, marks)).toEqual([])
    expect((await readdir(folder)).filter((name) => !name.endsWith('-wal'))).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('on a full disk', async () => {
    const folder = await copyOf(killed)
    const ended = await signOutWithoutRoom(folder)
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toMatchObject({ state: 'idle', because: 'storage-full' })
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')(
    'if the store is a link, also the file to which it leads',
    async () => {
      const folder = await copyOf(closed)
      const linking = await mkdtemp(join(root, 'linking-'))
      await truncate(storeIn(folder), 50_000)
      await symlink(storeIn(folder), storeIn(linking))
      expect((await signOut(linking)).code).toBe(0)
      expect(await readdir(linking)).toEqual([])
      expect(await readdir(folder)).not.toContain('contacts.db')
    },
  )

  it('also if an earlier sign-out was interrupted', async () => {
    for (const gone of [['-wal'], ['-wal', ''], ['-wal', '', '.lock-microsoft365'], ['.tokens.json']]) {
      const folder = await copyOf(killed)
      await truncate(storeIn(folder), 50_000)
      for (const part of gone) await rm(storeIn(folder) + part)
      expect((await signOut(folder)).code, `without ${gone.join()}`).toBe(0)
      expect(await foundIn(folder, marks)).toEqual([])
    }
  })
})

describe('a sign-out never touches', () => {
  it('a file that is not ours', async () => {
    const folder = await mkdtemp(join(root, 'foreign-'))
    const letter = 'Dear Ada, '.repeat(9_999)
    await writeFile(storeIn(folder), letter)
    const ended = await signOut(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ code: 'storage-foreign' })
    await expect(deleteStore(storeIn(folder))).rejects.toMatchObject({ code: 'storage-foreign' })
    expect(await readFile(storeIn(folder), 'utf8')).toBe(letter)
  })

  it('the database of another program', async () => {
    const folder = await mkdtemp(join(root, 'foreign-'))
    const db = await openDriver(storeIn(folder))
    db.exec('CREATE TABLE events (position INTEGER)')
    db.close()
    const before = await readFile(storeIn(folder))
    expect(lastRecord(await signOut(folder))).toMatchObject({ code: 'storage-foreign' })
    await truncate(storeIn(folder), 5_000)
    expect((await signOut(folder)).code).toBe(1)
    await expect(deleteStore(storeIn(folder))).rejects.toMatchObject({ code: 'storage-foreign' })
    expect((await readFile(storeIn(folder))).equals(before.subarray(0, 5_000))).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('contacts of another account', async () => {
    const folder = await copyOf(closed)
    const google = new ScriptedSource('google')
    const book = await openContactBook({
      store: await sqliteStorage(storeIn(folder), { keyRing: false }),
      sources: [google],
    })
    const started = await book.signIn('google')
    await (await google.signIns.next()).grant()
    await list(await google.fetches.next())
    await book.outcome(started.ok ? started.attempt : '')
    await book.close()
    const ended = await signOutWithoutRoom(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ code: 'storage-full', left: ['contacts'] })
    expect(ended.stderr).toContain('cannot be read any more')
    const later = await openContactBook({
      store: await sqliteStorage(storeIn(folder), { keyRing: false }),
      sources: [new ScriptedSource('google')],
    })
    expect(later.contacts.get()).toHaveLength(3)
    expect(later.accounts.get().map(({ list }) => list?.status)).toEqual(['lost', 'ready'])
    await later.close()
  })

  it('a damaged store on which another process runs an import', async () => {
    const folder = await copyOf(closed)
    await truncate(storeIn(folder), 50_000)
    const locks = sqliteLocks(storeIn(folder))
    await locks.acquire('microsoft365')
    const ended = await signOut(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ refusal: 'running-elsewhere' })
    expect(await foundIn(folder, marks)).not.toEqual([])
    await locks.close()
  })
})
