import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { test as it } from '../temp-folder.ts'
import { sqliteDrivers } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { account, eventTypes, list, page } from '../core/device.ts'
import { foundIn, keysIn } from './found-in.ts'
import { contactMarks, markedContacts, markedFolders, marks } from './marked.ts'
import { openMarked, writeTokens } from './marked-device.ts'
import type { MarkedDevice } from './marked-device.ts'

let root: string
it.beforeAll(({ sharedFolder }) => {
  root = sharedFolder
})

const begin = async ({ book, source, grant }: MarkedDevice) => {
  const started = await book.signIn('microsoft365')
  await grant()
  return { attempt: started.ok ? started.attempt : '', fetch: await source.fetches.next() }
}

/** Completes an import of `count` contacts. */
const complete = async (device: MarkedDevice, count = 300) => {
  const { attempt, fetch } = await begin(device)
  await fetch.emit({ type: 'contacts.counted', count })
  await fetch.emit(page(markedContacts(count)))
  void fetch.emit({ type: 'listing.finished', cursor: null, verified: true, folders: markedFolders })
  await device.book.outcome(attempt)
}

/** Begins a refresh and delivers some pages. */
const refresh = async ({ book, source }: MarkedDevice) => {
  const started = await book.refresh('microsoft365')
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 400 })
  for (const change of ['a', 'b']) await fetch.emit(page(markedContacts(200, change)))
  return { attempt: started.ok ? started.attempt : '', fetch }
}

const ways: Readonly<Record<string, (device: MarkedDevice) => Promise<unknown>>> = {
  // With the tokens of an earlier process, because without anything a sign-out is refused.
  idle: ({ store }) => writeTokens(store),
  consenting: ({ book }) => book.signIn('microsoft365'),
  fetching: async (device) => (await begin(device)).fetch.emit(page(markedContacts(500))),
  imported: (device) => complete(device),
  capped: (device) => complete(device, 10_002),
  failed: async (device) => {
    const { attempt, fetch } = await begin(device)
    await fetch.emit(page(markedContacts(500)))
    await fetch.fail('service-unavailable')
    await device.book.outcome(attempt)
  },
  cancelled: async (device) => {
    const { fetch } = await begin(device)
    await fetch.emit(page(markedContacts(500)))
    await device.book.cancel('microsoft365')
  },
  'imported, and a refresh is under way': async (device) => {
    await complete(device)
    await refresh(device)
  },
  'imported, and a refresh failed': async (device) => {
    await complete(device)
    const { attempt, fetch } = await refresh(device)
    await fetch.fail('offline')
    await device.book.outcome(attempt)
  },
  'imported, and a removal is held': async (device) => {
    await complete(device)
    const started = await device.book.refresh('microsoft365')
    await list(await device.source.fetches.next(), markedContacts(100, 'held'))
    await device.book.outcome(started.ok ? started.attempt : '')
  },
}

const stateOf = (way: string): string => {
  const later = { 'under way': 'fetching', failed: 'failed', held: 'failed' }
  const found = Object.entries(later).find(([word]) => way.endsWith(word))
  return found?.[1] ?? way
}

const fixture = fileURLToPath(new URL('../../src/adapters/stores/sqlite/child.fixture.mjs', import.meta.url))

/** Another process that has read the store, and holds it open. */
const reader = async (store: string) => {
  const parameters = [fixture, 'hold', store, sqliteDrivers[0] ?? '', '']
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

describe.each([
  ['alone', false],
  ['while another process holds the store open', true],
])('no byte of a contact is ever there, and a sign-out %s leaves no key and no token', (_, isHeldOpen) => {
  it.each(Object.entries(ways))('where the account is %s', async (way, reach) => {
    const folder = await mkdtemp(join(root, 'device-'))
    const device = await openMarked(folder)
    await reach(device)
    expect(account(device.book).state).toBe(stateOf(way))
    expect(await foundIn(folder, contactMarks)).toEqual([])
    const isLinked = stateOf(way) !== 'idle' && way !== 'consenting'
    if (isLinked) expect(await foundIn(folder, marks)).not.toEqual([])
    if (isLinked) expect(await keysIn(folder)).toHaveLength(1)
    const endReader = isHeldOpen ? await reader(device.store) : null

    expect(await device.book.signOut('microsoft365')).toMatchObject({ ok: true })
    expect(await foundIn(folder, marks)).toEqual([])
    expect(await keysIn(folder)).toEqual([])
    expect(account(device.book).state).toBe('idle')
    expect(await eventTypes(device.book)).toEqual(['account.signed-out'])
    await device.book.close()
    expect(await foundIn(folder, marks)).toEqual([])
    await endReader?.()
    expect(await foundIn(folder, marks)).toEqual([])
    const others = (await readdir(folder)).filter(
      (name) => !/^contacts\.db(-wal|-shm|\.keys|(\.tokens\.json)?\.lock-\w+)?$/.test(name),
    )
    expect(others).toEqual([])
  })
})
