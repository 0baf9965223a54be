import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../temp-folder.ts'
import { openDriver } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { deleteEverything, openContactBook, sqliteStorage } from '../../src/node.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { list } from '../core/device.ts'
import { lastRecord, run } from '../terminal-command.ts'
import { runWithoutRoom } from '../terminal-process.ts'
import type { Ended } from '../terminal-process.ts'
import { foundIn } from './found-in.ts'
import { marks } from './marked.ts'
import { copyOfFolder, markedStores, storeIn } from './marked-stores.ts'

/** A text that the test can search for, instead of a key. */
const KEY = 'zqkey '.repeat(6)
const everyMark = [...marks, 'zqkey']

let root: string
/** Folders with a list, tokens and keys: closed normally, and left by a process that was killed during a refresh. */
let closed: string
let killed: string

it.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  ;({ closed, killed } = await markedStores(root, (store) => writeFile(join(`${store}.keys`, 'a1.key'), KEY)))
})

const copyOf = (folder: string): Promise<string> => copyOfFolder(folder, root)
const leave = (folder: string): Promise<Ended> =>
  run('sign-out', '--all', '--delete', '--store', storeIn(folder), '--json')

describe('leaving altogether deletes everything and says so, if the store is', () => {
  const changed = async (store: string, sql: string): Promise<void> => {
    const db = await openDriver(store)
    db.exec(sql)
    db.close()
  }
  const states: readonly [string, () => string, (store: string) => Promise<unknown>, string | null][] = [
    ['in order', () => closed, async () => undefined, null],
    ['in the midst of an import that was killed', () => killed, async () => undefined, null],
    ['without its end', () => closed, (store) => truncate(store, 50_000), 'storage-damaged'],
    ['without any byte', () => closed, (store) => truncate(store), null],
    [
      'damaged in its events',
      () => closed,
      (store) => changed(store, "UPDATE events SET data = '{}' WHERE position = 2"),
      'storage-damaged',
    ],
    ['of a later version', () => closed, (store) => changed(store, 'PRAGMA user_version = 9'), null],
  ]

  it.each(states)('%s', async (_, like, change, because) => {
    const folder = await copyOf(like())
    await change(storeIn(folder))
    expect(await foundIn(folder, ['zqtoken', 'zqkey'])).toHaveLength(3)
    const ended = await leave(folder)
    expect(ended.code).toBe(0)
    const record = lastRecord(ended)
    expect(record).toMatchObject({ code: null, refusal: null, because, left: [] })
    for (const part of ['', '.tokens.json', '.tokens.json.0d3f.tmp', '.keys', '.lock-microsoft365'])
      expect(record['deleted']).toContain(storeIn(folder) + part)
    expect(await foundIn(folder, everyMark)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('on a full disk', async () => {
    const folder = await copyOf(killed)
    const { code } = await runWithoutRoom('sign-out', '--all', '--delete', '--store', storeIn(folder))
    expect(code).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('reached by a link', async () => {
    const folder = await copyOf(closed)
    const linking = await mkdtemp(join(root, 'linking-'))
    await symlink(storeIn(folder), storeIn(linking))
    expect((await leave(linking)).code).toBe(0)
    expect([...(await readdir(linking)), ...(await readdir(folder))]).toEqual([])
  })

  it('half deleted already', async () => {
    const folder = await copyOf(closed)
    const other = await copyOf(closed)
    const { deleted } = lastRecord(await leave(other)) as { deleted: string[] }
    for (const path of deleted.slice(0, -1)) {
      await rm(path.replace(other, folder), { recursive: true, force: true })
    }
    expect(await readdir(folder)).not.toEqual([])
    expect((await leave(folder)).code).toBe(0)
    expect(await readdir(folder)).toEqual([])
  })

  it('shared by two accounts', async () => {
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
    const ended = await leave(folder)
    expect(lastRecord(ended)).toMatchObject({ signedOut: ['microsoft365', 'google'] })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('leaving altogether', () => {
  it('also reaches programs that have the store open and read it only after it is gone', async () => {
    const folder = await copyOf(closed)
    const storage = await sqliteStorage(storeIn(folder), { keyRing: false })
    let notice = () => {}
    const watch = (listener: () => void) => {
      notice = listener
      return () => undefined
    }
    const book = await openContactBook({
      store: { ...storage, events: { ...storage.events, watch } },
      sources: [new ScriptedSource()],
    })
    expect(book.contacts.get()).toHaveLength(300)
    expect(await deleteEverything(storeIn(folder))).toMatchObject({ ok: true, signedOut: ['microsoft365'] })
    expect(await readdir(folder)).not.toContain('contacts.db')
    notice()
    await expect.poll(() => book.contacts.get()).toEqual([])
    await book.close()
  })

  it('is refused if the file has another name, by which the contacts could still be read', async () => {
    const folder = await copyOf(closed)
    const other = await mkdtemp(join(root, 'named-'))
    await link(storeIn(folder), storeIn(other))
    const ended = await leave(other)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ left: [{ path: storeIn(other), code: 'storage-linked' }] })
    await rm(storeIn(other))
    expect((await run('list', '--store', storeIn(folder))).code).toBe(0)
  })

  it.skipIf(process.platform === 'win32')('does not count a key behind a link as destroyed', async () => {
    const folder = await copyOf(closed)
    await rename(`${storeIn(folder)}.keys`, join(folder, 'elsewhere'))
    await symlink('elsewhere', `${storeIn(folder)}.keys`)
    const ended = await leave(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)['left']).toContainEqual({
      path: `${storeIn(folder)}.keys`,
      code: 'storage-untrusted',
    })
    // So that it can be tried again.
    expect(await readdir(folder)).toContain('contacts.db')
    expect(ended.stderr).toContain('sign-out --all --delete')
  })

  it('is refused while another process imports, and nothing is touched', async () => {
    const folder = await copyOf(closed)
    const before = await readdir(folder)
    const locks = sqliteLocks(storeIn(folder))
    await locks.acquire('google')
    const ended = await leave(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({
      code: 'running-elsewhere',
      refusal: 'running-elsewhere',
      deleted: [],
      message: expect.stringContaining('Google Contacts') as string,
    })
    await locks.close()
    expect(await readdir(folder)).toEqual(expect.arrayContaining(before))
    expect(await foundIn(folder, ['zqkey', 'zqtoken'])).toHaveLength(3)
  })

  it('never touches a file that is not ours, but removes tokens and keys beside it', async () => {
    const folder = await copyOf(closed)
    const letter = 'Dear Ada, '.repeat(9_999)
    await writeFile(storeIn(folder), letter)
    const ended = await leave(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({
      code: 'storage-foreign',
      left: [{ path: storeIn(folder), code: 'storage-foreign' }],
    })
    expect(await readFile(storeIn(folder), 'utf8')).toBe(letter)
    expect(await foundIn(folder, ['zqkey', 'zqtoken'])).toEqual([])
  })

  it.skipIf(process.platform === 'win32')(
    'says what could not be deleted, and leaves the rest recognisable',
    async () => {
      const folder = await copyOf(closed)
      // A folder in the place of a file, which cannot be deleted as one.
      await mkdir(`${storeIn(folder)}.tokens.json.1.tmp`)
      const ended = await leave(folder)
      expect(ended.code).toBe(1)
      const { left, code } = lastRecord(ended) as { left: { path: string }[]; code: string }
      expect(left[0]?.path).toBe(`${storeIn(folder)}.tokens.json.1.tmp`)
      expect(left.map(({ path }) => path)).toContain(storeIn(folder))
      expect(code).toMatch(/^storage-/)
      expect(await foundIn(folder, everyMark)).toEqual([])
    },
  )

  it('is refused if there is nothing, and creates nothing', async () => {
    const folder = await mkdtemp(join(root, 'empty-'))
    const ended = await leave(folder)
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ code: 'nothing-linked', deleted: [], left: [] })
    expect(await readdir(folder)).toEqual([])
  })

  it('prints for people what it did', async () => {
    const folder = await copyOf(closed)
    const { stdout, code } = await run('sign-out', '--all', '--delete', '--store', storeIn(folder))
    expect(code).toBe(0)
    expect(stdout).toContain('Signed out of Microsoft 365.')
    expect(stdout).toContain(`  ${storeIn(folder)}\n`)
    expect(stdout).toContain('Nothing is left on this device.')
  })

  it.each([
    [['--delete'], 'also needs --all'],
    [['--all', '--source', 'microsoft365'], 'not both'],
  ])('is not begun by %j', async (options, reason) => {
    const folder = await copyOf(closed)
    const ended = await run('sign-out', ...options, '--store', storeIn(folder))
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(reason)
    expect(await foundIn(folder, ['zqtoken', 'zqkey'])).toHaveLength(3)
  })
})

describe('sign-out --all', () => {
  it('signs out of every account and keeps the file', async () => {
    const folder = await copyOf(closed)
    const ended = await run('sign-out', '--all', '--store', storeIn(folder), '--json')
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toMatchObject({ source: 'microsoft365', state: 'idle', erased: 300 })
    expect(await readdir(folder)).toContain('contacts.db')
    expect(await foundIn(folder, marks)).toEqual([])
  })
})
