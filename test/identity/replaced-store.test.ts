import { rmSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect } from 'vitest'
import { openSqliteStore } from '../../src/adapters/stores/sqlite/open-store.ts'
import { exampleEvent, readAll } from '../../src/testing/contracts/event-store/examples.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, finished, names, page, refreshAll } from '../core/device.ts'
import { copyKeys, makeStore, openAt } from '../storage/base-store.ts'
import { test as it } from '../temp-folder.ts'

const FEW = sampleContacts(4)
const contacts = sampleContacts(6)

/** What can happen to a store while it is in use, given another valid store. */
const events: readonly (readonly [string, (store: string, other: string) => Promise<void>])[] = [
  ['is removed', (store) => rm(store)],
  ['is removed with everything beside it', (store) => removeAll(store)],
  ['is moved away', (store) => rename(store, `${store}.old`)],
  [
    'is replaced by another store in one step',
    async (store, other) => {
      await copyFile(other, `${store}.new`)
      await rename(`${store}.new`, store)
    },
  ],
  [
    'is removed, and another store put there',
    async (store, other) => {
      await removeAll(store)
      await copyFile(other, store)
    },
  ],
  [
    'is moved away, and a link to it put there',
    async (store) => {
      await rename(store, `${store}.old`)
      await symlink(`${store}.old`, store)
    },
  ],
  [
    'has its folder replaced',
    async (store) => {
      await rename(dirname(store), `${dirname(store)}.old`)
      await mkdir(dirname(store))
    },
  ],
]

const removeAll = async (store: string): Promise<void> => {
  for (const name of await readdir(dirname(store))) await rm(join(dirname(store), name), { recursive: true })
}

const refreshing = async (store: string) => {
  const opened = await openAt(store)
  const started = await opened.book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: contacts.length })
  return { ...opened, fetch, outcome: opened.book.outcome(started.attempt) }
}

// Windows lets nobody remove or move an open database.
describe.skipIf(process.platform === 'win32').each(events)('a store that %s', (_, happens) => {
  it('fails a refresh with storage-replaced before its next page', async ({ folder }) => {
    const [store, other] = [await makeStore(folder, FEW.length), await makeStore(folder, 2)]
    const { book, fetch, outcome } = await refreshing(store)
    await happens(store, other)
    await fetch.emit(page(contacts))
    expect(await outcome).toMatchObject({ state: 'failed', code: 'storage-replaced' })
    expect(account(book)).toMatchObject({ state: 'failed', code: 'storage-replaced' })
    expect(fetch.context.signal.aborted).toBe(true)
    await book.close()
  })

  it('fails a refresh with storage-replaced, even if everything but its end is recorded', async ({
    folder,
  }) => {
    const [store, other] = [await makeStore(folder, FEW.length), await makeStore(folder, 2)]
    const { book, fetch, outcome } = await refreshing(store)
    await fetch.emit(page(contacts))
    await happens(store, other)
    void fetch.emit(finished)
    expect(await outcome).toMatchObject({ state: 'failed', code: 'storage-replaced' })
    expect(names(book)).toHaveLength(FEW.length)
    await book.close()
  })

  it('records no command, and no sign-out either', async ({ folder }) => {
    const [store, other] = [await makeStore(folder, FEW.length), await makeStore(folder, 2)]
    const { book } = await openAt(store)
    await happens(store, other)
    for (const command of ['refresh', 'restart', 'signOut'] as const)
      await expect(book[command]('microsoft365')).rejects.toMatchObject({ code: 'storage-replaced' })
    await book.close()
  })
})

describe.skipIf(process.platform === 'win32')('a change of a file that is no longer there', () => {
  it('counts as failed even if it was removed during the append', async ({ folder }) => {
    const file = join(folder, 'contacts.db')
    const store = await openSqliteStore(file)
    const event = exampleEvent('a')
    const removing = {
      ...event,
      // Read within the transaction.
      get data() {
        rmSync(file)
        return event.data
      },
    }
    await expect(store.append(0, [removing])).rejects.toMatchObject({ code: 'storage-replaced' })
    await store.close()
  })

  it('is not shown by another process that still has it open', async ({ folder }) => {
    const file = join(folder, 'contacts.db')
    const [one, two] = [await openSqliteStore(file), await openSqliteStore(file)]
    await one.append(0, [exampleEvent('a')])
    await rename(file, `${file}.old`)
    const read = async () => {
      for await (const event of two.read(0, { payloads: false })) expect(event.id).toBe('a')
    }
    await expect(read()).rejects.toMatchObject({ code: 'storage-replaced' })
    await Promise.all([one.close(), two.close()])
  })

  it('does not affect another store that was put there', async ({ folder }) => {
    const [store, other] = [await makeStore(folder, FEW.length), await makeStore(folder, 2)]
    const { book, fetch, outcome } = await refreshing(store)
    await fetch.emit(page(contacts))
    await removeAll(store)
    await copyFile(other, store)
    await copyKeys(other, store)
    const second = await openAt(store)
    void fetch.emit(finished)
    expect(await outcome).toMatchObject({ code: 'storage-replaced' })
    await refreshAll(second, contacts)
    await book.close()
    expect(names(second.book)).toHaveLength(6)
    await second.book.close()
    const third = await openAt(store)
    expect(names(third.book)).toHaveLength(6)
    await third.book.close()
  })

  it('does not reach the file that was moved away', async ({ folder }) => {
    const file = join(folder, 'contacts.db')
    const store = await openSqliteStore(file)
    await store.append(0, [exampleEvent('a')])
    await rename(file, `${file}.old`)
    await expect(store.append(1, [exampleEvent('b')])).rejects.toMatchObject({ code: 'storage-replaced' })
    await store.close()
    const moved = await openSqliteStore(`${file}.old`)
    expect((await readAll(moved)).map(({ id }) => id)).toEqual(['a'])
    await moved.close()
  })

  it('succeeds if the file was moved away and back', async ({ folder }) => {
    const store = await makeStore(folder, FEW.length)
    const { book, fetch, outcome } = await refreshing(store)
    await rename(store, `${store}.old`)
    await rename(`${store}.old`, store)
    await fetch.emit(page(contacts))
    void fetch.emit(finished)
    expect(await outcome).toMatchObject({ state: 'imported' })
    await book.close()
  })

  it('counts as failed if the link by which it was opened leads elsewhere', async ({ folder }) => {
    const [store, other] = [await makeStore(folder, FEW.length), await makeStore(folder, 2)]
    const link = join(folder, 'link.db')
    await symlink(store, link)
    const { book, fetch, outcome } = await refreshing(link)
    await rm(link)
    await symlink(other, link)
    await fetch.emit(page(contacts))
    expect(await outcome).toMatchObject({ state: 'failed', code: 'storage-replaced' })
    await book.close()
  })
})
