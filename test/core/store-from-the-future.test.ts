import { expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../src/index.ts'
import { account, Device, importAll, names } from './device.ts'

/** A device with a list, to which a newer version has added an event. */
const withFutureEvent = async (): Promise<Device> => {
  const device = new Device()
  const first = await device.open()
  await importAll(first)
  await first.book.close()
  const future = { stream: 'microsoft365', id: 'x', time: '2030-01-01T00:00:00.000Z', attempt: null } as const
  await memoryStore(device.log).append(device.log.last, [
    { ...future, type: 'contact.starred', version: 1, data: {} },
  ])
  return device
}

test('a store with an event from a newer version shows its list and refuses every command but a sign-out', async () => {
  const device = await withFutureEvent()

  const { book } = await device.open()
  expect(names(book)).toHaveLength(3)
  const { signOut, ...others } = account(book).commands
  expect(signOut).toBeNull()
  expect(new Set(Object.values(others))).toEqual(new Set(['store-is-newer']))
  expect(await book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'store-is-newer' })
  expect(await book.cancel('microsoft365')).toEqual({ ok: false, refusal: 'store-is-newer' })
})

test('signing out of such a store destroys its key, removes the tokens, leaves the store unchanged, and says so', async () => {
  const device = await withFutureEvent()
  const before = JSON.stringify(device.log.records)

  const { book, source } = await device.open()
  const answer = { ok: false, refusal: 'store-is-newer', left: ['contacts'] }
  expect(await book.signOut('microsoft365')).toEqual(answer)
  expect(source.signOuts).toBe(1)
  expect(device.keyNames()).toEqual([])
  expect(names(book)).toEqual([])
  expect(account(book).list).toMatchObject({ count: 3, status: 'lost' })
  expect(JSON.stringify(device.log.records)).toBe(before)
  source.signIn.signOut = () => Promise.reject(new ImportFailure('storage-read-only'))
  expect(await book.signOut('microsoft365')).toEqual({ ...answer, left: ['tokens', 'contacts'] })
})

test('an event of a known type in a newer version is from the future as well', async () => {
  const device = new Device()
  const future = { stream: 'microsoft365', id: 'x', time: '2030-01-01T00:00:00.000Z', attempt: 'a' } as const
  await memoryStore(device.log).append(0, [
    { ...future, type: 'attempt.requested', version: 2, data: { new: 1 } },
  ])
  const { book } = await device.open()
  expect(await book.signIn('microsoft365')).toEqual({ ok: false, refusal: 'store-is-newer' })
})

test.each([
  ['data of another shape', { type: 'attempt.requested', data: { by: 'nobody', number: 1 } }],
  ['an event that does not fit its state', { type: 'consent.granted', data: { accountKey: null } }],
])('a damaged store (%s) is said to be damaged, and left as it is', async (_, event) => {
  const device = new Device()
  const about = {
    stream: 'microsoft365',
    id: 'x',
    time: '2026-01-01T00:00:00.000Z',
    attempt: 'a',
    version: 1,
  } as const
  await memoryStore(device.log).append(0, [{ ...about, ...event }])
  await expect(device.open()).rejects.toMatchObject({ code: 'storage-damaged' })
  expect(device.log.records).toHaveLength(1)
})
