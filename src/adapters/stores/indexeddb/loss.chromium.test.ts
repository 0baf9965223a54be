import { expect, it, vi } from 'vitest'
import { newName } from '../../../../test/chromium/names.ts'
import { connect, inDatabase, removeDatabase } from '../../../../test/chromium/raw-database.ts'
import { exampleEvent, readAll } from '../../../testing/contracts/event-store/examples.ts'
import { webLocks } from '../../locks/web-locks.ts'
import { deleteIndexedDbStore } from './delete-store.ts'
import type { Marker } from './marker.ts'
import { openIndexedDbStore } from './open-store.ts'

const note = (name: string) => localStorage.getItem(`device-contacts/${name}`)

const filled = async (name = newName(), count = 3): Promise<string> => {
  const store = await openIndexedDbStore(name)
  await store.append(
    0,
    Array.from({ length: count }, (_, index) => exampleEvent(`${index}`, index)),
  )
  await store.close()
  return name
}

const opened = async <T>(
  name: string,
  work: (store: Awaited<ReturnType<typeof openIndexedDbStore>>) => T | Promise<T>,
) => {
  const store = await openIndexedDbStore(name)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const deleteStore = (name: string, destroyKeys: () => Promise<void> = async () => undefined) =>
  deleteIndexedDbStore(name, { locks: webLocks(name), destroyKeys })

const tombstone = (id: string) => exampleEvent(id, null, { type: 'account.signed-out' })

/** As a browser does that reads only the beginning of a damaged file. */
const cutOff = async (name: string, last: number) => {
  await inDatabase(name, (of) => of('events').delete(IDBKeyRange.lowerBound(last, true)))
  await inDatabase(name, (of) => of('payloads').delete(IDBKeyRange.lowerBound(last, true)))
  await inDatabase(name, (of) => of('meta').put({ name: 'last', value: last }))
}

it('a store that was never used leaves no note', async () => {
  const name = newName()
  await opened(name, () => expect(note(name)).toBeNull())
  expect(note(name)).toBeNull()
  await removeDatabase(name)
  expect(await opened(name, readAll)).toEqual([])
})

it('a database that is gone is not taken for a new one, however often it is opened', async () => {
  const name = await filled()
  await removeDatabase(name)
  for (let time = 0; time < 2; time++)
    await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-damaged' })
  expect((await indexedDB.databases()).map((each) => each.name)).not.toContain(name)
})

it('a note that cannot be read also shows that there was a database', async () => {
  const name = newName()
  for (const text of ['', '7', 'null', '{"id":7,"last":1}']) {
    localStorage.setItem(`device-contacts/${name}`, text)
    await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-damaged' })
  }
  localStorage.removeItem(`device-contacts/${name}`)
})

it('a store that is deleted may be opened as a new one', async () => {
  const name = await filled()
  const { key } = await openIndexedDbStore(name)
  const destroyKeys = vi.fn(async () => undefined)
  expect(await deleteStore(name, destroyKeys)).toBe(true)
  expect(destroyKeys).toHaveBeenCalledTimes(1)
  await opened(name, async (store) => {
    expect(await readAll(store)).toEqual([])
    expect(store.key).not.toBe(key)
  })
  await filled(name)
  await removeDatabase(name)
  expect(await deleteStore(name)).toBe(true)
  expect(await opened(name, readAll)).toEqual([])
})

it('a store is not deleted while a tab imports, or if its keys cannot be destroyed', async () => {
  const name = await filled()
  const lock = await webLocks(name).acquire('google')
  expect(await deleteStore(name, () => Promise.reject(new Error('destroyed')))).toBe(false)
  await lock?.release()
  await expect(deleteStore(name, () => Promise.reject(new Error('kept')))).rejects.toThrow('kept')
  expect(await opened(name, readAll)).toHaveLength(3)
  expect(await webLocks(name).acquire('microsoft365')).not.toBeNull()
})

it('after the last account is signed out, nothing shows that there was a store', async () => {
  const name = await filled()
  await opened(name, async (store) => {
    await store.append(3, [exampleEvent('g', 1, { stream: 'google' }), tombstone('m')])
    await store.erase('microsoft365', 5)
    expect(note(name)).not.toBeNull()
    await store.append(5, [{ ...tombstone('g'), stream: 'google' }])
    await store.erase('google', 6)
    expect(note(name)).toBeNull()
  })
  await opened(name, () => expect(note(name)).toBeNull())
  await removeDatabase(name)
  expect(await opened(name, readAll)).toEqual([])
})

it('a sign-out that was interrupted before the note was removed does not look like a loss', async () => {
  const name = await filled()
  await opened(name, async (store) => {
    await store.append(3, [tombstone('m')])
    const before = note(name) ?? ''
    await store.erase('microsoft365', 4)
    localStorage.setItem(`device-contacts/${name}`, before)
  })
  expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBeNull()
  expect(note(name)).toBeNull()
})

it('a log that lost its end says so, also after the next append', async () => {
  const name = await filled(undefined, 5)
  await cutOff(name, 3)
  await opened(name, async (store) => {
    expect(store.changesLostAfter).toBe(3)
    // Looking changes nothing.
    expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBe(3)
    expect(await store.append(3, [exampleEvent('next')])).toBe(4)
    await store.append(4, [exampleEvent('next but one')])
  })
  expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBe(3)
})

it('a log that lost everything but its identity says so', async () => {
  const name = await filled()
  await cutOff(name, 0)
  expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBe(0)
  expect(note(name)).not.toBeNull()
})

it('a log that grew without its note has lost nothing, and the note is renewed', async () => {
  const name = await filled()
  const unaware: Marker = { read: () => null, write: () => undefined, remove: () => undefined }
  const worker = await openIndexedDbStore(name, { marker: unaware })
  await worker.append(3, [exampleEvent('by a worker')])
  await worker.close()
  expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBeNull()
  expect(JSON.parse(note(name) ?? '')).toMatchObject({ last: 4 })
})

it('the note of another store of the same name says nothing about this one', async () => {
  const name = await filled()
  localStorage.setItem(`device-contacts/${name}`, JSON.stringify({ id: 'another', last: 99 }))
  expect(await opened(name, ({ changesLostAfter }) => changesLostAfter)).toBeNull()
  expect(note(name)).not.toContain('another')
})

it('a page that may not use localStorage still keeps contacts', async () => {
  const name = newName()
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'localStorage')!
  const refuse = () => {
    throw new DOMException('no', 'SecurityError')
  }
  Object.defineProperty(globalThis, 'localStorage', { ...descriptor, get: refuse })
  try {
    await filled(name)
    expect(await opened(name, readAll)).toHaveLength(3)
  } finally {
    Object.defineProperty(globalThis, 'localStorage', descriptor)
  }
})

it('a database that is removed while it is open fails as replaced', async () => {
  const name = await filled()
  const store = await openIndexedDbStore(name)
  await removeDatabase(name)
  await expect(store.append(3, [exampleEvent('d')])).rejects.toMatchObject({ code: 'storage-replaced' })
  await expect(readAll(store)).rejects.toMatchObject({ code: 'storage-replaced' })
  await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-damaged' })
  await store.close()
})

it('a database of something else is left alone', async () => {
  const name = newName()
  for (const version of [1, 2]) {
    const db = await connect(name, version, (upgraded) => void upgraded.createObjectStore(`other ${version}`))
    db.close()
    await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-foreign' })
  }
  expect(await connect(name).then((db) => [...db.objectStoreNames])).toEqual(['other 1', 'other 2'])
})

it('a database without one of its object stores is damaged', async () => {
  const name = await filled()
  const db = await connect(name, 2, (upgraded) => upgraded.deleteObjectStore('payloads'))
  db.close()
  await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-damaged' })
})
