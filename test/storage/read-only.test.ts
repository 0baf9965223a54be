import { chmod, chown, mkdtemp, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, list, names } from '../core/device.ts'
import { copyOf, makeStore, openAt } from './base-store.ts'
import { useBook } from './book-user.ts'

/** Root may write anywhere, so the process becomes another user. */
const isRoot = process.getuid?.() === 0
const OTHER_USER = 65_534

let root: string
let base: string
test.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  await chmod(root, 0o755)
  base = await makeStore(root, 300)
})

const protect = async (store: string, fileMode: number, folderMode: number) => {
  const folder = dirname(store)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = [...entries.map((entry) => ({ path: join(entry.parentPath, entry.name), entry }))]
  for (const { path, entry } of paths) {
    await chmod(path, entry.isDirectory() ? folderMode : fileMode)
    if (isRoot) await chown(path, OTHER_USER, OTHER_USER)
  }
  await chmod(folder, folderMode)
  if (isRoot) await chown(folder, OTHER_USER, OTHER_USER)
}

test.skipIf(process.platform === 'win32').each([
  ['a file', 0o400, 0o700, 'lost'],
  ['a folder', 0o600, 0o500, 'lost'],
  // Not even the key can be destroyed.
  ['both', 0o400, 0o500, 'ready'],
] as const)(
  'where %s may not be written, the list is read, and every change refused as such, but a sign-out destroys the key',
  async (_, fileMode, folderMode, status) => {
    const store = await copyOf(base, root)
    const before = await readFile(store)
    await protect(store, fileMode, folderMode)
    const results = await useBook({
      store,
      steps: ['open', 'refresh', 'signOut', 'look'],
      ...(isRoot && { uid: OTHER_USER }),
    })
    const whole = { state: 'imported', code: null, count: 300, shown: 300 }
    const refused = { code: 'storage-read-only' }
    const look = status === 'ready' ? whole : { ...whole, shown: 0 }
    expect(results).toEqual({ open: whole, refresh: refused, signOut: refused, look })
    expect((await readFile(store)).equals(before)).toBe(true)

    await protect(store, 0o600, 0o700)
    const opened = await openAt(store)
    expect(account(opened.book).list).toMatchObject({ count: 300, status })
    const started = await opened.book.restart('microsoft365')
    await (await opened.source.signIns.next()).grant()
    await list(await opened.source.fetches.next(), sampleContacts(400))
    expect(await opened.book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'imported' })
    expect(names(opened.book)).toHaveLength(400)
    await opened.book.close()
  },
)

test.skipIf(process.platform === 'win32')(
  'a new store cannot be made in a folder that may not be written',
  async () => {
    const folder = await mkdtemp(join(root, 'empty-'))
    const store = join(folder, 'contacts.db')
    await protect(store, 0o600, 0o500)
    const results = await useBook({ store, steps: ['open'], ...(isRoot && { uid: OTHER_USER }) })
    expect(results).toEqual({ open: { code: 'storage-read-only' } })
  },
)
