import { link, mkdir, readdir, realpath, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect } from 'vitest'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { deleteStore, examineStore, sqliteStorage } from '../../src/node.ts'
import { account, names } from '../core/device.ts'
import { isSoak } from '../soak.ts'
import { makeStore, openAt } from '../storage/base-store.ts'
import { newFolder, test as it } from '../temp-folder.ts'
import { lastRecord, records, run } from '../terminal-command.ts'
import { start } from '../terminal-process.ts'
import { throttledAfter } from '../throttled.ts'

const CONTACTS = '200'

/** Makes an import last until the test ends it. */
const throttled = throttledAfter(2)

const fetching = async (store: string) => {
  const process = start('import', '--store', store, '--contacts', '1000', '--fault', throttled)
  await process.said(/Microsoft asked us to wait \d+ s/)
  return process
}

/** Other ways to reach a store than by its own path. */
const ways: readonly (readonly [string, (store: string) => Promise<string>])[] = [
  [
    'a link',
    async (store) => {
      const other = join(await newFolder(), 'link.db')
      await symlink(store, other)
      return other
    },
  ],
  [
    'a chain of links',
    async (store) => {
      const folder = await newFolder()
      await symlink(store, join(folder, 'second'))
      await symlink('second', join(folder, 'first'))
      return join(folder, 'first')
    },
  ],
  [
    'a link to its folder',
    async (store) => {
      const other = join(await newFolder(), 'folder')
      await symlink(dirname(store), other)
      return join(other, basename(store))
    },
  ],
]

/** The files in the folder of a link, without links. */
const besideLink = async (other: string, store: string): Promise<readonly string[]> => {
  if ((await realpath(dirname(other))) === (await realpath(dirname(store)))) return []
  const found = await readdir(dirname(other), { withFileTypes: true })
  return found.filter((each) => !each.isSymbolicLink()).map(({ name }) => name)
}

describe.each(ways)('by %s', (_, wayTo) => {
  it('a single sign-out leaves neither contacts nor tokens', async ({ folder }) => {
    const store = join(folder, 'contacts.db')
    expect(await run('import', '--store', store, '--contacts', CONTACTS)).toMatchObject({ code: 0 })
    expect(await readdir(folder)).toContain('contacts.db.tokens.json')
    const other = await wayTo(store)
    expect(await run('sign-out', '--store', other)).toMatchObject({ code: 0 })
    expect((await readdir(folder)).filter((name) => /tokens\.json(?!\.lock)|sandbox/.test(name))).toEqual([])
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([{ state: 'idle' }])
    const again = await run('sign-out', '--store', store, '--json')
    expect(lastRecord(again)).toMatchObject({ refusal: 'nothing-linked' })
    expect(await besideLink(other, store)).toEqual([])
  })

  it('nothing is created beside the link', async ({ folder }) => {
    const store = await makeStore(folder, 3)
    const other = await wayTo(store)
    const { book } = await openAt(other)
    expect(names(book)).toHaveLength(3)
    const started = await book.refresh('microsoft365')
    expect(started.ok).toBe(true)
    expect(await besideLink(other, store)).toEqual([])
    await book.close()
  })
})

/** Outside of a soak, the first command begins by a link in every second way, and by the store's own path in the others. */
describe.each(ways.filter((_, turn) => isSoak || turn % 2 === 0))('begun by %s', (_, wayTo) => {
  it('a second command finds the first one running, even if the store did not exist when that began', async ({
    folder,
  }) => {
    const store = join(folder, 'contacts.db')
    const other = await wayTo(store)
    const first = await fetching(other)
    const second = await run('import', '--store', store, '--contacts', CONTACTS, '--json')
    expect(second.code).toBe(1)
    expect(lastRecord(second)).toMatchObject({ refusal: 'running-elsewhere' })
    expect(lastRecord(await run('doctor', '--store', store, '--json'))).toMatchObject({
      running: ['microsoft365'],
    })
    expect(await run('cancel', '--store', store)).toMatchObject({ code: 0 })
    expect((await first.ended).stderr).toContain('was cancelled')
  })
})

describe.each(ways.filter((_, turn) => isSoak || turn % 2 === 1))('looked for by %s', (_, wayTo) => {
  it("a second command finds the first one running that began by the store's own path", async ({
    folder,
  }) => {
    const store = join(folder, 'contacts.db')
    const first = await fetching(store)
    const other = await wayTo(store)
    expect(lastRecord(await run('import', '--store', other, '--json'))).toMatchObject({
      refusal: 'running-elsewhere',
    })
    expect(lastRecord(await run('doctor', '--store', other, '--json'))).toMatchObject({
      running: ['microsoft365'],
    })
    first.kill('SIGKILL')
    await first.ended
  })
})

it('a link to a file that does not exist yet leads to the store that is created there', async ({
  folder,
}) => {
  const [store, other] = [join(folder, 'new', 'contacts.db'), join(folder, 'link.db')]
  await symlink(store, other)
  const { events, locks } = await sqliteStorage(other)
  expect(events.location).toBe(join(folder, 'new', 'contacts.db'))
  expect(await locks.acquire('microsoft365')).not.toBeNull()
  const second = await sqliteStorage(store)
  expect(await second.locks.acquire('microsoft365')).toBeNull()
  expect(await sqliteLocks(other).acquire('microsoft365')).toBeNull()
  expect(await readdir(folder)).toEqual(['link.db', 'new'])
  await Promise.all([locks.close(), second.locks.close(), events.close(), second.events.close()])
})

it('a deletion by a link deletes the files beside the real file, and the link', async ({ folder }) => {
  const [store, tokenFile] = [await makeStore(folder, 3), join(folder, 'tokens.json')]
  const other = join(folder, 'link.db')
  await symlink(store, other)
  expect(await deleteStore(other, { tokenFile })).toContain(store)
  expect(await readdir(dirname(store))).toEqual([])
  expect(await readdir(folder)).not.toContain('link.db')
})

describe('a store with a second name', () => {
  it('is not opened by either name, and says what to do; without the second name it opens again', async ({
    folder,
  }) => {
    const store = await makeStore(folder, 3)
    const other = join(await newFolder(), 'other.db')
    await link(store, other)
    for (const name of [store, other]) {
      const ended = await run('list', '--store', name, '--json')
      expect(ended.code).toBe(1)
      expect(lastRecord(ended)).toMatchObject({ code: 'storage-linked' })
      expect((await examineStore(name)).findings).toContainEqual({ code: 'store-linked' })
      await expect(deleteStore(name)).rejects.toMatchObject({ code: 'storage-linked' })
    }
    expect(await readdir(dirname(other))).toEqual(['other.db'])
    await rm(other)
    const { book } = await openAt(store)
    expect(names(book)).toHaveLength(3)
    await book.close()
  })

  it('stays usable for a book that was opened while it had one name', async ({ folder }) => {
    const store = await makeStore(folder, 3)
    const { book } = await openAt(store)
    await link(store, join(folder, 'backup.db'))
    expect(await book.refresh('microsoft365')).toMatchObject({ ok: true })
    expect(account(book).state).toBe('fetching')
    await book.close()
  })
})

it.skipIf(process.platform === 'win32')(
  'a command whose store is removed says so, and not that contacts are on the device',
  async ({ folder }) => {
    const store = join(folder, 'contacts.db')
    await mkdir(join(folder, 'away'))
    const process = await fetching(store)
    await rename(store, join(folder, 'away', 'contacts.db'))
    process.kill('SIGINT')
    const ended = await process.ended
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toContain('was removed, moved or replaced while it was in use')
    expect(ended.stdout + ended.stderr).not.toContain('on this device')
  },
)
