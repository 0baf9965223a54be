import { setImmediate as turn } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import type { ContactBook } from '../../src/index.ts'
import { KeyVaultUnavailable, type KeyVault } from '../../src/ports/key-vault.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { Gate } from '../model/gate.ts'
import { account, Device, eventTypes, importAll, list, names, page, refreshAll } from './device.ts'

let device: Device
beforeEach(() => {
  device = new Device()
})

const locked: KeyVault = {
  obtain: async () => Promise.reject(new KeyVaultUnavailable()),
  load: async () => Promise.reject(new KeyVaultUnavailable()),
  destroy: async () => Promise.reject(new KeyVaultUnavailable()),
  placeOf: async () => Promise.reject(new KeyVaultUnavailable()),
}

const imported = async (contacts = sampleContacts(3)) => {
  const opened = await device.open()
  await importAll(opened, contacts)
  await opened.book.close()
}

const recordedBytes = () => {
  const { records, views } = device.log
  const payloads = records.flatMap(({ payload }) => (payload === null ? [] : [payload]))
  const parts = [...views.values()].flatMap((view) => view.parts)
  return Buffer.concat([...payloads, ...parts]).toString('latin1')
}

test('no byte of a contact or an account reaches the store, in events or views', async () => {
  await imported(sampleContacts(700))
  const all = recordedBytes() + JSON.stringify([device.log.records, [...device.log.views]])
  expect(all.length).toBeGreaterThan(100_000)
  for (const { name, id } of sampleContacts(5))
    for (const text of [name.full ?? '?', `"${id}"`]) expect(all).not.toContain(text)
  expect(all).not.toContain('person@example.test')
})

test('a key exists before the account is recorded, and only if an attempt was begun', async () => {
  const { book, source } = await device.open()
  expect(device.keyNames()).toEqual([])
  await book.signIn('microsoft365')
  const person = await source.signIns.next()
  await person.grant()
  expect(device.keyNames()).toEqual([expect.stringMatching(/^[\w-]{43}\/microsoft365\/first$/)])
  expect(await eventTypes(book)).toContain('consent.granted')
})

test('the place of a key is known from the first attempt on', async () => {
  const { book } = await device.open()
  expect(await book.keyPlace('microsoft365')).toBeNull()
  await book.signIn('microsoft365')
  await expect.poll(() => book.keyPlace('microsoft365')).toEqual({ kind: 'memory' })
  const other = await device.open({ vault: locked })
  await expect(other.book.keyPlace('microsoft365')).rejects.toMatchObject({ code: 'storage-locked' })
})

test('each linking has a key of its own, which a sign-out destroys', async () => {
  await imported()
  const [first] = device.keyNames()
  const { book, source } = await device.open()
  await book.signOut('microsoft365')
  expect(device.keyNames()).toEqual([])
  await importAll({ book, source })
  const [second, ...rest] = device.keyNames()
  expect(second).not.toBe(first)
  expect(rest).toEqual([])
  expect(second?.split('/').at(-1)).toBe(device.log.records[0]?.id)
})

test('a copy made before a sign-out cannot be decrypted after it', async () => {
  await imported()
  const records = device.log.records.map((record) => ({ ...record }))
  const copy = { ...device.log, records, views: new Map(device.log.views) }
  const { book } = await device.open()
  await book.signOut('microsoft365')
  await book.close()
  const restored = await device.open({ store: memoryStore(copy) })
  expect(names(restored.book)).toEqual([])
  expect(account(restored.book)).toMatchObject({ state: 'imported', list: { count: 3, status: 'lost' } })
})

test('other processes read with the key that one has made, and forget it when it is destroyed', async () => {
  const [one, other] = [await device.open(), await device.open()]
  await importAll(one)
  await expect.poll(() => names(other.book), { timeout: 5_000 }).toHaveLength(3)
  await one.book.signOut('microsoft365')
  await expect.poll(() => names(other.book), { timeout: 5_000 }).toEqual([])
  await importAll(other)
  await expect.poll(() => names(one.book), { timeout: 5_000 }).toHaveLength(3)
})

describe('a key that the vault is still making when its account is signed out', () => {
  /** A vault that makes keys when it is told to. */
  const slow = () => {
    const gate = new Gate()
    const obtain = async (name: string) => {
      await gate.pass(new AbortController().signal)
      return device.vault.obtain(name)
    }
    return { vault: { ...device.vault, obtain }, make: () => gate.open() }
  }

  test('is destroyed before the sign-out resolves', async () => {
    const { vault, make } = slow()
    const { book } = await device.open({ vault })
    await book.signIn('microsoft365')
    let isOver = false
    const signingOut = book.signOut('microsoft365').finally(() => (isOver = true))
    await expect.poll(() => account(book).state).toBe('idle')
    expect(isOver).toBe(false)
    make()
    expect(await signingOut).toMatchObject({ ok: true })
    expect(device.keyNames()).toEqual([])
  })

  const signedOutElsewhere = async () => {
    const { vault, make } = slow()
    const one = await device.open({ vault })
    const started = await one.book.signIn('microsoft365')
    const outcome = one.book.outcome(started.ok ? started.attempt : '')
    const other = await device.open()
    expect(await other.book.signOut('microsoft365')).toMatchObject({ ok: true })
    expect(await outcome).toMatchObject({ state: 'cancelled' })
    return { book: one.book, make }
  }

  test('by another process, is destroyed', async () => {
    const { make } = await signedOutElsewhere()
    make()
    await expect.poll(() => device.made).toBe(1)
    await expect.poll(() => device.keyNames()).toEqual([])
  })

  test('by another process, is awaited by a closing book, and destroyed', async () => {
    const { book, make } = await signedOutElsewhere()
    let isClosed = false
    const closed = book.close().then(() => (isClosed = true))
    for (let turns = 0; turns < 50; turns++) await turn()
    expect(isClosed).toBe(false)
    make()
    await closed
    expect(device.made).toBe(1)
    expect(device.keyNames()).toEqual([])
  })
})

describe('while the vault does not answer', () => {
  test('the book opens, says that the list is locked, and refuses what needs it', async () => {
    await imported()
    const before = device.log.last
    const { book } = await device.open({ vault: locked })
    const { state, list: shown, commands } = account(book)
    expect({ state, shown }).toMatchObject({ state: 'imported', shown: { count: 3, status: 'locked' } })
    expect(names(book)).toEqual([])
    for (const type of ['restart', 'refresh', 'approveRemoval'] as const)
      expect(commands[type]).toBe('storage-locked')
    expect(await book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'storage-locked' })
    expect(await book.restart('microsoft365')).toEqual({ ok: false, refusal: 'storage-locked' })
    expect(await eventTypes(book)).toHaveLength(before)
    expect([...(await book.past('microsoft365'))]).toEqual([])
    await book.close()
    // Opened again, it is unlocked, and nothing was lost meanwhile.
    const unlocked = await device.open()
    expect(names(unlocked.book)).toHaveLength(3)
    expect(account(unlocked.book).list?.status).toBe('ready')
  })

  test('other sources are shown', async () => {
    await imported()
    const opened = await device.open({ vault: locked })
    expect(opened.book.accounts.get()).toHaveLength(1)
    expect(account(opened.book).account).toBeNull()
  })

  test('a first import fails with its code, records no account, and works once the vault answers', async () => {
    const { book, source } = await device.open({ vault: locked })
    const started = await book.signIn('microsoft365')
    const person = await source.signIns.next()
    expect(await person.grant()).toEqual({ accepted: false, reason: 'storage-locked' })
    expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({
      state: 'failed',
      code: 'storage-locked',
    })
    expect(await eventTypes(book)).toEqual(['attempt.requested', 'attempt.failed'])
    await book.close()
    const next = await device.open()
    const restarted = await next.book.restart('microsoft365')
    await (await next.source.signIns.next()).grant()
    await list(await next.source.fetches.next())
    expect(await next.book.outcome(restarted.ok ? restarted.attempt : '')).toMatchObject({
      state: 'imported',
    })
  })

  test('a cancel does not wait for it', async () => {
    const silent = { ...locked, obtain: () => new Promise<never>(() => undefined) }
    const { book, source } = await device.open({ vault: silent })
    const started = await book.signIn('microsoft365')
    void (await source.signIns.next()).grant()
    expect(await book.cancel('microsoft365')).toMatchObject({ ok: true })
    expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'cancelled' })
  })
})

describe('once the vault has no key any more', () => {
  const lose = async () => {
    await imported()
    for (const name of device.keyNames()) await device.vault.destroy(name)
    return device.open()
  }

  test('the list is said to be lost, and only a restart or a sign-out is allowed', async () => {
    const { book } = await lose()
    const { list: shown, commands } = account(book)
    expect(shown).toMatchObject({ count: 3, status: 'lost' })
    expect(names(book)).toEqual([])
    expect(commands).toMatchObject({
      restart: null,
      refresh: 'storage-key-lost',
      approveRemoval: 'storage-key-lost',
      signOut: null,
    })
    expect(await book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'storage-key-lost' })
  })

  const restart = async ({
    book,
    source,
  }: {
    book: ContactBook
    source: Awaited<ReturnType<typeof lose>>['source']
  }) => {
    const started = await book.restart('microsoft365')
    await (await source.signIns.next()).grant()
    const fetch = await source.fetches.next()
    expect(fetch.request).toMatchObject({ changesSince: null, resumeFrom: null })
    return { attempt: started.ok ? started.attempt : '', fetch }
  }

  test('a restart lists everything under a new key, and then everything works as before', async () => {
    const opened = await lose()
    const { attempt, fetch } = await restart(opened)
    await list(fetch, sampleContacts(5))
    expect(await opened.book.outcome(attempt)).toMatchObject({ state: 'imported' })
    expect(names(opened.book)).toHaveLength(5)
    expect(account(opened.book).list).toMatchObject({ count: 5, status: 'ready' })
    await refreshAll(opened, sampleContacts(6))
    await opened.book.close()
    const next = await device.open()
    expect(names(next.book)).toHaveLength(6)
    // Also from the log alone, which still has the pages of the lost key.
    device.log.views.clear()
    expect(names((await device.open()).book)).toHaveLength(6)
  })

  test('a restart that fails leaves the list lost, not empty', async () => {
    const opened = await lose()
    const { attempt, fetch } = await restart(opened)
    await fetch.emit(page(sampleContacts(2)))
    void fetch.fail('offline')
    await opened.book.outcome(attempt)
    expect(account(opened.book)).toMatchObject({ state: 'failed', list: { count: 3, status: 'lost' } })
    await opened.book.close()
    expect(account((await device.open()).book).list).toMatchObject({ count: 3, status: 'lost' })
  })
})
