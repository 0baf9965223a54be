import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished } from 'vitest'
import { test } from '../temp-folder.ts'
import { openDriver, sqliteDrivers } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { Contact } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { list } from '../core/device.ts'
import { copyKeys } from '../storage/base-store.ts'
import { useBook } from '../storage/book-user.ts'
import type { Results } from '../storage/book-user.ts'
import { foundIn, keysIn } from './found-in.ts'
import { markedAccount, markedContacts, marks } from './marked.ts'
import { writeTokens } from './marked-device.ts'
import { smallDisk } from './small-disk.ts'

const OURS = 4
const OTHERS = 3_000
const KIB = 1_024

let root: string
/** A store that mostly belongs to another account, so that rewriting it needs much space. */
let base: string

test.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  base = join(root, 'contacts.db')
  const microsoft = new ScriptedSource()
  const google = new ScriptedSource('google')
  const book = await openContactBook({
    store: await sqliteStorage(base, { keyRing: false }),
    sources: [microsoft, google],
  })
  const link = async (source: ScriptedSource, contacts: readonly Contact[], account = markedAccount) => {
    const started = await book.signIn(source.source)
    await (await source.signIns.next()).grant(account)
    await list(await source.fetches.next(), contacts)
    await book.outcome(started.ok ? started.attempt : '')
  }
  await link(microsoft, markedContacts(OURS))
  await link(google, sampleContacts(OTHERS), { id: 'other', username: 'other@example.test' })
  await book.close()
  // The saved view is as large as the rest, and is removed in any case.
  const db = await openDriver(base)
  db.exec('DELETE FROM views; VACUUM')
  db.all('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
})

const copyTo = async (folder: string): Promise<string> => {
  const store = join(folder, 'contacts.db')
  await copyFile(base, store)
  await copyKeys(base, store)
  await writeTokens(store)
  return store
}

const signOut = (store: string, fileLimit?: number): Promise<Results> =>
  useBook({ store, steps: ['open', 'signOut', 'look'], ...(fileLimit !== undefined && { fileLimit }) })

/** Expects that the account has left no byte, and that the other account is complete. */
const expectSignedOut = async (store: string, results: Results): Promise<void> => {
  expect(results.signOut).toMatchObject({ ok: true })
  await expectNothingLeft(store, results)
}

const expectNothingLeft = async (store: string, { look }: Results): Promise<void> => {
  expect(look).toMatchObject({ state: 'idle', count: 0, shown: OTHERS })
  expect(await foundIn(dirname(store), marks)).toEqual([])
  await expectOthers(store)
}

const expectOthers = async (store: string): Promise<void> => {
  const sources = [new ScriptedSource(), new ScriptedSource('google')]
  const book = await openContactBook({ store: await sqliteStorage(store, { keyRing: false }), sources })
  expect(book.contacts.get()).toHaveLength(OTHERS)
  expect(book.accounts.get()).toMatchObject([{ state: 'idle' }, { state: 'imported' }])
  await book.close()
  expect(await foundIn(dirname(store), marks)).toEqual([])
}

const fixture = fileURLToPath(new URL('../../src/adapters/stores/sqlite/child.fixture.mjs', import.meta.url))

/** Another process that has read the store, and holds it open. */
const reader = async (store: string) => {
  const parameters = [fixture, 'hold', store, sqliteDrivers[0] ?? '', '']
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

test.skipIf(process.platform === 'win32')(
  'where no file can grow beyond the store as it is, a sign-out erases in it',
  async () => {
    const store = await copyTo(await mkdtemp(join(root, 'limited-')))
    const limit = (await stat(store)).size / 512
    await expectSignedOut(store, await signOut(store, limit))
  },
)

const probe = await smallDisk(KIB * KIB)
await probe?.remove()

describe.skipIf(probe === null)('on a disk that is full', () => {
  const onDisk = async () => {
    const disk = await smallDisk(16 * KIB * KIB)
    if (!disk) throw new Error('could be made before')
    onTestFinished(() => disk.remove())
    return { disk, store: await copyTo(disk.folder) }
  }

  test('with room for a few pages, a sign-out leaves no byte', async () => {
    const { disk, store } = await onDisk()
    await disk.fill(64 * KIB)
    await expectSignedOut(store, await signOut(store))
    await disk.clear()
    await expectOthers(store)
  })

  test.each([
    ['alone', false],
    ['while another process holds the store open', true],
  ])(
    'without any room, a sign-out %s fails as such, and leaves nothing that can be read; with some it is finished',
    async (_, isHeldOpen) => {
      const { disk, store } = await onDisk()
      const endReader = isHeldOpen ? await reader(store) : null
      await disk.fill(0)
      const failed = await signOut(store)
      expect(failed.signOut).toMatchObject({ code: 'storage-full' })
      expect(failed.look).toMatchObject({ shown: OTHERS })
      expect(await foundIn(dirname(store), marks)).toEqual([])
      expect(await keysIn(dirname(store))).toHaveLength(1)
      await endReader?.()
      await disk.clear()
      // Opening may have finished the sign-out already.
      await expectNothingLeft(store, await signOut(store))
      expect(await keysIn(dirname(store))).toHaveLength(1)
    },
  )
})
