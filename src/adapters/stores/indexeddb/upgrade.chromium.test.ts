import { expect, it, onTestFinished, vi } from 'vitest'
import { newName } from '../../../../test/chromium/names.ts'
import { connect } from '../../../../test/chromium/raw-database.ts'
import { exampleEvent, readAll } from '../../../testing/contracts/event-store/examples.ts'
import { webLocks } from '../../locks/web-locks.ts'
import { deleteIndexedDbStore } from './delete-store.ts'
import { openIndexedDbStore } from './open-store.ts'

const unavailable = { code: 'storage-unavailable' }

it('a store makes way for an upgrade by another tab, and its page has to be loaded again', async () => {
  const name = newName()
  const store = await openIndexedDbStore(name)
  await store.append(0, [exampleEvent('a', 'Ada')])
  await store.saveView({ name: 'v', version: 1, position: 1, data: 1 })
  const newer = await connect(name, 2)
  await expect(store.append(1, [exampleEvent('b')])).rejects.toMatchObject(unavailable)
  await expect(readAll(store)).rejects.toMatchObject(unavailable)
  await expect(store.loadView('v', 1)).rejects.toMatchObject(unavailable)
  expect(() => store.watch(() => undefined)).toThrow('storage-unavailable')
  await store.close()
  newer.close()
})

it('a store of a later version can be read but not written', async () => {
  const name = newName()
  const first = await openIndexedDbStore(name)
  await first.append(0, [exampleEvent('a', 'Ada'), exampleEvent('b', null, { type: 'account.signed-out' })])
  await first.saveView({ name: 'v', version: 1, position: 1, data: 'kept' })
  await first.close()
  const later = await connect(name, 7, (db) => void db.createObjectStore('of a later version'))
  later.close()
  const store = await openIndexedDbStore(name)
  expect(store.newer).toBe(true)
  expect((await readAll(store)).map(({ payload }) => payload)).toEqual(['Ada', null])
  expect(await store.loadView('v', 1)).toMatchObject({ data: 'kept' })
  const readOnly = { code: 'storage-read-only' }
  await expect(store.append(2, [exampleEvent('c')])).rejects.toMatchObject(readOnly)
  await expect(store.erase('microsoft365', 2)).rejects.toMatchObject(readOnly)
  await expect(store.saveView({ name: 'v', version: 1, position: 2, data: 1 })).rejects.toMatchObject(
    readOnly,
  )
  expect(await store.loadView('v', 1)).toMatchObject({ data: 'kept' })
  expect(await readAll(store)).toHaveLength(2)
  await store.close()
})

it('a deletion that a frozen tab holds up fails as busy, as does opening; both work once that tab is gone', async () => {
  const name = newName()
  const store = await openIndexedDbStore(name)
  await store.append(0, [exampleEvent('a')])
  await store.close()
  const frozen = await connect(name)
  const options = { locks: webLocks(name), destroyKeys: async () => undefined }
  const busy = { code: 'storage-busy' }
  const deleteDatabase = vi.spyOn(indexedDB, 'deleteDatabase')
  onTestFinished(() => deleteDatabase.mockRestore())
  const deleting = expect(deleteIndexedDbStore(name, options)).rejects.toMatchObject(busy)
  await expect.poll(() => deleteDatabase.mock.calls).toEqual([[name]])
  await Promise.all([deleting, expect(openIndexedDbStore(name)).rejects.toMatchObject(busy)])
  frozen.close()
  const next = await openIndexedDbStore(name)
  expect(await readAll(next)).toEqual([])
  await next.close()
  expect(await deleteIndexedDbStore(name, options)).toBe(true)
})
