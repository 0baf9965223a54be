import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { examineStore, sqliteStorage } from '../../src/node.ts'
import { names } from '../core/device.ts'
import { copyKeys, copyOf, makeStore, openAt } from '../storage/base-store.ts'
import { test as it } from '../temp-folder.ts'
import { lastRecord, run } from '../terminal-command.ts'
import { start } from '../terminal-process.ts'
import { isRoot, STRANGER } from './owners.ts'

const knowsOwners = process.platform !== 'win32'

/** Like /tmp: others may write, and the sticky bit does not stop them from creating a file first. */
const likeTmp = (folder: string): Promise<void> => chmod(folder, 0o1777)

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

const givenAway = (path: string): Promise<void> => chown(path, STRANGER, STRANGER)

const storeIn = async (root: string): Promise<{ folder: string; store: string }> => {
  const folder = join(root, 'place')
  await mkdir(folder)
  const made = await makeStore(root, 3)
  const store = join(folder, 'contacts.db')
  await writeFile(store, await readFile(made), { mode: 0o600 })
  await copyKeys(made, store)
  return { folder, store }
}

describe.skipIf(!isRoot)("another user's store, in a folder that others may write to,", () => {
  it.for([0o777, 0o1777, 0o770])('is refused and not touched (mode %o)', async (mode, { folder: root }) => {
    const { folder, store } = await storeIn(root)
    await chmod(folder, mode)
    await chmod(store, 0o666)
    await givenAway(store)
    const before = [await readFile(store), await stat(store), await readdir(folder)]
    await expect(sqliteStorage(store)).rejects.toMatchObject({ code: 'storage-untrusted' })
    const ended = await run('import', '--store', store, '--contacts', '3', '--json')
    expect(lastRecord(ended)).toMatchObject({ code: 'storage-untrusted' })
    expect(ended.stderr).toContain('belongs to another user')
    expect([await readFile(store), await stat(store)]).toEqual(before.slice(0, 2))
    const made = (await readdir(folder)).filter((name) => !name.includes('sandbox'))
    expect(made).toEqual(before[2])
    expect((await examineStore(store)).findings).toContainEqual({
      code: 'store-untrusted',
      files: ['contacts.db'],
    })
  })

  it.for(['-wal', '-shm', '-journal'])(
    'cannot be had by putting its %s there first',
    async (part, { folder }) => {
      await likeTmp(folder)
      const [store, trap] = [join(folder, 'contacts.db'), join(folder, `contacts.db${part}`)]
      await writeFile(trap, '')
      await givenAway(trap)
      await chmod(trap, 0o666)
      await expect(sqliteStorage(store)).rejects.toMatchObject({ code: 'storage-untrusted' })
      expect(await readdir(folder)).toEqual([`contacts.db${part}`])
      expect((await stat(trap)).size).toBe(0)
    },
  )

  it('cannot be opened by a link there, nor can its locks be held', async ({ folder }) => {
    await likeTmp(folder)
    const { store } = await storeIn(folder)
    await symlink(store, join(folder, 'contacts.db'))
    await chown(folder, 0, 0)
    const trap = `${store}.lock-microsoft365`
    await writeFile(trap, '')
    await givenAway(trap)
    await chmod(join(folder, 'place'), 0o1777)
    await expect(sqliteLocks(store).acquire('microsoft365')).rejects.toMatchObject({
      code: 'storage-untrusted',
    })
  })

  it('is a reason not to use the tokens beside it', async ({ folder }) => {
    await likeTmp(folder)
    const tokenFile = join(folder, 'contacts.db.tokens.json')
    await writeFile(tokenFile, '{}')
    await givenAway(tokenFile)
    let opened = 0
    const signIn = microsoftSignIn({
      clientId: 'a',
      tokenFile,
      openBrowser: async () => Boolean(++opened),
    })
    const context = {
      signal: new AbortController().signal,
      report: () => Promise.resolve({ accepted: true } as const),
      progress: () => undefined,
    }
    await expect(signIn.signIn({ chooseAccount: true, attempt: 'a' }, context)).rejects.toMatchObject({
      code: 'storage-untrusted',
    })
    await expect(signIn.accessToken({ signal: context.signal })).rejects.toMatchObject({
      code: 'storage-untrusted',
    })
    expect(opened).toBe(0)
    // A sign-out removes the files that belong to this user.
    await signIn.signOut()
    expect(await readdir(folder)).toEqual([])
    await signIn.close()
  })
})

describe.skipIf(!isRoot)("another user's store in a folder of one's own", () => {
  it('is used, and each command says that it belongs to another user', async ({ folder: root }) => {
    const { store } = await storeIn(root)
    await givenAway(store)
    for (const time of [1, 2]) {
      // In this process, libsql would close the file only when its statements are garbage.
      const { stderr, stdout, code } = await start('list', '--store', store, '--json').ended
      expect({ time, code, lines: stdout.trim().split('\n').length }).toEqual({ time, code: 0, lines: 3 })
      expect(stderr).toContain('Another user of this device owns these files')
      expect(stderr).toContain('contacts.db')
    }
    expect((await examineStore(store)).findings).toContainEqual({
      code: 'owned-by-another',
      files: ['contacts.db'],
    })
  })
})

describe.skipIf(!knowsOwners)("one's own store", () => {
  it('is used in a folder that others may write to', async ({ folder: root }) => {
    const { folder, store } = await storeIn(root)
    await likeTmp(folder)
    const { book } = await openAt(store)
    expect(names(book)).toHaveLength(3)
    await book.close()
  })

  it('loses the permissions of others, with all its files, and the command says so once', async ({
    folder: root,
  }) => {
    const store = await copyOf(await makeStore(root, 3), root)
    const [tokenFile, lock] = [`${store}.tokens.json`, `${store}.lock-microsoft365`]
    await writeFile(tokenFile, '{}')
    for (const file of [store, tokenFile, lock]) await chmod(file, 0o644)
    await chmod(tokenFile, 0o620)
    const first = await run('list', '--store', store)
    expect(first.stderr).toContain('could read or change your files')
    for (const file of [store, tokenFile, lock]) {
      expect(first.stderr).toContain(file.slice(store.lastIndexOf('/') + 1))
      expect(await modeOf(file)).toBe(0o600)
    }
    expect((await run('list', '--store', store)).stderr).toBe('')
    expect((await examineStore(store, { tokenFile })).findings).not.toContainEqual(
      expect.objectContaining({ code: 'permissions-wide' }),
    )
  })

  it('keeps its permissions if it is no store', async ({ folder }) => {
    const file = join(folder, 'notes.txt')
    await writeFile(file, 'something else')
    await chmod(file, 0o644)
    await expect(sqliteStorage(file)).rejects.toMatchObject({ code: 'storage-foreign' })
    expect(await modeOf(file)).toBe(0o644)
  })

  it('and everything beside it is private from the start, whatever the umask', async ({ folder }) => {
    const store = join(folder, 'new', 'contacts.db')
    const before = process.umask(0)
    try {
      expect(await run('import', '--store', store, '--contacts', '20')).toMatchObject({ code: 0 })
    } finally {
      process.umask(before)
    }
    const made = await readdir(join(folder, 'new'), { recursive: true })
    expect(made).toEqual(
      expect.arrayContaining(['contacts.db', 'contacts.db.tokens.json', 'contacts.db.keys']),
    )
    expect(made.filter((name) => name.endsWith('.key'))).toHaveLength(1)
    for (const name of made) {
      const wanted = name.endsWith('.keys') ? 0o700 : 0o600
      expect([name, await modeOf(join(folder, 'new', name))]).toEqual([name, wanted])
    }
    expect(await modeOf(join(folder, 'new'))).toBe(0o700)
  })

  it.for(['-wal', '-shm', '-journal', '.sandbox.json'])(
    'is never written through a link instead of its %s',
    async (part, { folder }) => {
      const [store, victim] = [join(folder, 'contacts.db'), join(folder, 'victim')]
      await writeFile(victim, 'precious')
      await symlink(victim, `${store}${part}`)
      await run('import', '--store', store, '--contacts', '20')
      expect(await readFile(victim, 'utf8')).toBe('precious')
    },
  )
})
