import { expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure, isSignOutFailure } from '../../src/index.ts'
import { type KeyVault, KeyVaultUnavailable } from '../../src/ports/key-vault.ts'
import { account, Device, eventTypes, importAll, names } from './device.ts'

const failing = (code: ConstructorParameters<typeof ImportFailure>[0]) => () =>
  Promise.reject(new ImportFailure(code))

/** A vault that destroys nothing. */
const stubborn = (vault: KeyVault): KeyVault => ({
  ...vault,
  destroy: () => Promise.reject(new KeyVaultUnavailable()),
})

test.each([
  'storage-full',
  'storage-read-only',
  'storage-damaged',
  'storage-unavailable',
  'storage-busy',
] as const)(
  'where it cannot be recorded (%s), keys and tokens go, and the contacts are named as left',
  async (code) => {
    const device = new Device()
    const store = memoryStore(device.log)
    const opened = await device.open({ store })
    await importAll(opened)
    store.append = failing(code)
    const failure = await opened.book.signOut('microsoft365').catch((error: unknown) => error)
    expect(isSignOutFailure(failure)).toBe(true)
    expect(failure).toMatchObject({ code, erased: ['tokens', 'keys'], left: ['contacts'] })
    expect(opened.source.signOuts).toBeGreaterThan(0)
    expect(device.keyNames()).toEqual([])
    expect(account(opened.book)).toMatchObject({ state: 'imported', list: { status: 'lost' } })
  },
)

test('if the events of other processes cannot be read, keys and tokens are removed all the same', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.read = () => {
    throw new ImportFailure('storage-damaged')
  }
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-damaged',
    left: ['contacts'],
  })
  expect(opened.source.signOuts).toBe(1)
  expect(device.keyNames()).toEqual([])
})

test('if nothing can be removed, the code is that of the store, and everything is listed as left', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store, vault: stubborn(device.vault) })
  await importAll(opened)
  store.append = failing('storage-full')
  opened.source.signIn.signOut = failing('storage-read-only')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-full',
    erased: [],
    left: ['tokens', 'keys', 'contacts'],
  })
  // Which can still be read.
  expect(names(opened.book)).toHaveLength(3)
})

test('contacts are removed even if the tokens cannot be, and the next opening repeats the sign-out', async () => {
  const device = new Device()
  const first = await device.open()
  await importAll(first)
  await first.book.close()
  expect(device.log.views.size).toBe(1)
  const opened = await device.open()
  opened.source.signIn.signOut = failing('storage-read-only')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-read-only',
    erased: ['keys', 'contacts'],
    left: ['tokens'],
  })
  expect(account(opened.book).state).toBe('idle')
  expect(names(opened.book)).toEqual([])
  expect(device.keyNames()).toEqual([])
  expect(device.log.views.size).toBe(0)
  expect(device.log.records.filter(({ payload }) => payload !== null)).toEqual([])
  expect((await eventTypes(opened.book)).length).toBeGreaterThan(1)
  await opened.book.close()

  const { book, source } = await device.open()
  expect(source.signOuts).toBe(1)
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
})

test('tokens are removed even if the contacts cannot be, and the next opening repeats the sign-out', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.erase = failing('storage-full')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-full',
    erased: ['tokens', 'keys'],
    left: ['contacts'],
  })
  expect(opened.source.signOuts).toBe(1)
  await opened.book.close()
  expect(await eventTypes((await device.open()).book)).toEqual(['account.signed-out'])
})

test('if neither can be removed, the code is that of the store', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.erase = failing('storage-full')
  opened.source.signIn.signOut = failing('storage-read-only')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-full',
    erased: ['keys'],
    left: ['tokens', 'contacts'],
  })
  expect(account(opened.book).state).toBe('idle')
})

test.each([
  ['of the contacts', false],
  ['of the tokens', true],
])('a key %s that is locked is named as left, and destroyed by the next opening', async (_, isOfTokens) => {
  const device = new Device()
  const vault = isOfTokens ? device.vault : stubborn(device.vault)
  const opened = await device.open({ vault })
  await importAll(opened)
  if (isOfTokens) opened.source.signIn.signOut = failing('storage-locked')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({
    code: 'storage-locked',
    erased: ['tokens', 'contacts'],
    left: ['keys'],
  })
  expect(names(opened.book)).toEqual([])
  await opened.book.close()
  const { book, source } = await device.open()
  expect(device.keyNames()).toEqual([])
  expect(source.signOuts).toBe(1)
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
})

test('a sign-out that failed can be repeated in the same book', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened)
  const { signOut } = opened.source.signIn
  opened.source.signIn.signOut = failing('storage-read-only')
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({ left: ['tokens'] })
  opened.source.signIn.signOut = signOut
  expect(account(opened.book).commands.signOut).toBeNull()
  expect(await opened.book.signOut('microsoft365')).toMatchObject({ ok: true })
  expect(await eventTypes(opened.book)).toEqual(['account.signed-out'])
})
