import { expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../src/index.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, importAll } from './device.ts'

/** A store that survives its process, unlike one in memory. */
const durable = (device: Device) => ({ ...memoryStore(device.log), location: '/contacts.db' })

test('a book that learns of a sign-out elsewhere removes the tokens that it holds or has just written', async () => {
  const device = new Device()
  const [one, other] = [await device.open(), await device.open()]
  await importAll(one)
  await expect.poll(() => account(other.book).state).toBe('imported')
  await other.book.signOut('microsoft365')
  await expect.poll(() => one.source.signOuts).toBe(1)
  expect(other.source.signOuts).toBe(1)
})

test('it keeps them if an account has been linked meanwhile', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  let tell = (): void => undefined
  const one = await device.open({
    store: { ...store, watch: (listener) => ((tell = listener), () => undefined) },
  })
  await importAll(one)
  const other = await device.open()
  await other.book.signOut('microsoft365')
  await importAll(other)
  tell()
  await expect.poll(() => account(one.book).list?.count).toBe(3)
  await one.book.close()
  expect(one.source.signOuts).toBe(0)
})

test('opening an idle store that still has tokens removes them', async () => {
  const device = new Device()
  const source = new ScriptedSource()
  source.keepsTokens = true
  await device.open({ source, store: durable(device) })
  expect(source.signOuts).toBe(1)
  expect(device.log.records).toEqual([])
})

test('opening a store keeps the tokens of a linked account, also one that is linked while it opens', async () => {
  const device = new Device()
  await importAll(await device.open())
  const linked = new ScriptedSource()
  linked.keepsTokens = true
  await device.open({ source: linked, store: durable(device) })
  expect(linked.signOuts).toBe(0)

  const another = new Device()
  const late = new ScriptedSource()
  late.keepsTokens = true
  const { hasTokens } = late.signIn
  late.signIn.hasTokens = async () => {
    if (another.log.records.length === 0) await importAll(await another.open())
    return hasTokens()
  }
  await another.open({ source: late, store: durable(another) })
  expect(late.signOuts).toBe(0)
})

test.each([
  ['kept in memory, which forgets its accounts', (device: Device) => memoryStore(device.log)],
  [
    'that has lost events, of a linked account perhaps',
    (device: Device) => ({ ...durable(device), changesLostAfter: 0 }),
  ],
])('opening a store %s keeps the tokens', async (_, open) => {
  const device = new Device()
  const source = new ScriptedSource()
  source.keepsTokens = true
  await device.open({ source, store: open(device) })
  expect(source.signOuts).toBe(0)
})

test('opening a store of a newer version keeps the tokens: it may have an account that this one cannot see', async () => {
  const device = new Device()
  const linked = { stream: 'microsoft365', id: 'x', time: '2030-01-01T00:00:00.000Z', attempt: null } as const
  await memoryStore(device.log).append(0, [{ ...linked, type: 'account.linked', version: 1, data: {} }])
  const source = new ScriptedSource()
  source.keepsTokens = true
  await device.open({ source, store: durable(device) })
  expect(source.signOuts).toBe(0)
})

test('tokens that cannot be removed do not prevent a store from opening', async () => {
  const device = new Device()
  const source = new ScriptedSource()
  source.keepsTokens = true
  source.signIn.signOut = () => Promise.reject(new ImportFailure('storage-read-only'))
  const { book } = await device.open({ source, store: durable(device) })
  expect(device.diagnosed).toMatchObject([{ code: 'storage-read-only' }])
  expect(account(book).commands.signOut).toBeNull()
})

test('an access that could not be stored is a notice of the account, until it is', async () => {
  const device = new Device()
  const opened = await device.open()
  let isKept = false
  Object.assign(opened.source.signIn, { isKept: () => isKept })
  expect(await importAll(opened)).toMatchObject({ state: 'imported' })
  expect(account(opened.book).notices).toEqual(['sign-in-not-kept'])
  isKept = true
  await opened.book.signOut('microsoft365')
  expect(account(opened.book).notices).toEqual([])
})
