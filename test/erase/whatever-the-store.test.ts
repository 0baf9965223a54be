import { execFile } from 'node:child_process'
import { cp, link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect } from 'vitest'
import { openDriver } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { copyAtRest } from '../copy-at-rest.ts'
import { list } from '../core/device.ts'
import { test as it } from '../temp-folder.ts'
import { lastRecord, run } from '../terminal-command.ts'
import { keysIn } from './found-in.ts'
import { markedContacts } from './marked.ts'
import { openMarked, writeTokens } from './marked-device.ts'

let root: string
/** A folder with a list and tokens. */
let linked: string

it.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  linked = await mkdtemp(join(root, 'linked-'))
  const { book, source, grant } = await openMarked(linked)
  const started = await book.signIn('microsoft365')
  await grant()
  await list(await source.fetches.next(), markedContacts(20))
  await book.outcome(started.ok ? started.attempt : '')
  await book.close()
})

const device = async (): Promise<string> => {
  const folder = await mkdtemp(join(root, 'device-'))
  await copyAtRest(linked, folder)
  return join(folder, 'contacts.db')
}

const tokensBeside = async (store: string): Promise<readonly string[]> => {
  const names = await readdir(join(store, '..'))
  return names.filter((name) => name.includes('.tokens.json') && !name.includes('.lock-'))
}

const removeStore = async (store: string): Promise<void> => {
  for (const part of ['', '-wal', '-shm']) await rm(store + part, { force: true })
}

describe('a sign-out destroys the key, removes the tokens, and says what is left, if the store is', () => {
  const stores: readonly [string, string, (store: string) => Promise<unknown>][] = [
    [
      'a folder',
      'storage-unavailable',
      async (store) => {
        await removeStore(store)
        await mkdir(store)
      },
    ],
    ['a file with a second name', 'storage-linked', (store) => link(store, `${store}.other`)],
    [
      'a named pipe',
      'storage-foreign',
      async (store) => {
        await removeStore(store)
        await promisify(execFile)('mkfifo', [store])
      },
    ],
    [
      'the file of something else',
      'storage-foreign',
      async (store) => {
        await removeStore(store)
        await writeFile(store, 'Dear Ada, '.repeat(999))
      },
    ],
  ]

  it.for(stores)('%s', async ([what, code, make], { skip }) => {
    skip(what === 'a named pipe' && process.platform === 'win32', 'Windows has none in folders')
    const store = await device()
    await make(store)
    expect(await tokensBeside(store)).not.toEqual([])
    const ended = await run('sign-out', '--store', store, '--json')
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({ state: 'failed', code, left: ['contacts'] })
    expect(ended.stderr).toContain('The sign-in was removed from this device')
    expect(ended.stderr).toContain('cannot be read any more')
    expect(ended.stderr).toContain('sign-out')
    expect(await tokensBeside(store)).toEqual([])
    expect(await keysIn(dirname(store))).toEqual([])
  })

  it('gone, although a copy of it may exist somewhere', async () => {
    const store = await device()
    await cp(store, `${store}.copy`)
    await removeStore(store)
    const ended = await run('sign-out', '--store', store, '--json')
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toMatchObject({ state: 'idle', code: null })
    expect([...(await tokensBeside(store)), ...(await keysIn(dirname(store)))]).toEqual([])
    await cp(`${store}.copy`, store)
    // Without its folder, a key might also be in a key ring, which this machine may lack.
    expect(lastRecord(await run('list', '--store', store, '--json'))).toMatchObject({
      code: expect.stringMatching(/^storage-(key-lost|locked)$/) as string,
    })
    await removeStore(store)
    expect(lastRecord(await run('sign-out', '--store', store, '--json'))).toMatchObject({
      refusal: 'nothing-linked',
    })
  })

  it('no store and never was: then the sign-out claims nothing', async () => {
    const store = join(await mkdtemp(join(root, 'device-')), 'notes.txt')
    await writeFile(store, 'Dear Ada, '.repeat(999))
    const ended = await run('sign-out', '--store', store, '--json')
    expect(lastRecord(ended)).toMatchObject({ code: 'storage-foreign' })
    expect(lastRecord(ended)).not.toHaveProperty('left')
    expect(ended.stderr).not.toContain('sign-in was removed')
  })

  it('of a newer version, whose rows it leaves unchanged', async () => {
    const store = await device()
    const db = await openDriver(store)
    db.exec('PRAGMA user_version = 99')
    db.all('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    const before = await readFile(store)
    const ended = await run('sign-out', '--store', store, '--json')
    expect(ended.code).toBe(1)
    const refusal = {
      state: 'imported',
      refusal: 'store-is-newer',
      code: 'store-is-newer',
      left: ['contacts'],
    }
    expect(lastRecord(ended)).toMatchObject(refusal)
    expect(ended.stderr).toContain('The sign-in was removed from this device')
    expect(await tokensBeside(store)).toEqual([])
    expect(ended.stderr).toContain('cannot be read any more')
    expect(await keysIn(dirname(store))).toEqual([])
    expect((await readFile(store)).equals(before)).toBe(true)
    expect(lastRecord(await run('list', '--store', store, '--json'))).toMatchObject({
      code: 'storage-key-lost',
    })
  })
})

it('a sign-out that cannot remove the tokens removes the contacts, and is finished later', async () => {
  const store = await device()
  await rm(`${store}.tokens.json`)
  await mkdir(`${store}.tokens.json`)
  const ended = await run('sign-out', '--store', store, '--json')
  expect(ended.code).toBe(1)
  expect(lastRecord(ended)).toMatchObject({ state: 'failed', left: ['tokens'] })
  expect(ended.stderr).toContain('the sign-in is still stored on it')
  expect((await run('list', '--store', store)).stdout).toBe('')
  await rm(`${store}.tokens.json`, { recursive: true })
  await writeTokens(store)
  await run('status', '--store', store)
  expect(await tokensBeside(store)).toEqual([])
})

it('an import continues if the sign-in cannot be stored, and says that the sign-in ends with the command', async () => {
  const store = join(await mkdtemp(join(root, 'device-')), 'contacts.db')
  await mkdir(`${store}.tokens.json`)
  const ended = await run('import', '--contacts', '10', '--store', store, '--json')
  expect(ended.code).toBe(0)
  expect(lastRecord(ended)).toMatchObject({ state: 'imported', imported: 10, notices: ['sign-in-not-kept'] })
  expect(ended.stderr).toContain('You will have to sign in again')
})
