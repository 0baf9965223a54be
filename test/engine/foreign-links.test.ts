import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Json } from '../../src/index.ts'
import { json, localService, type LocalService } from '../../src/testing/local-service.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { engineDevice } from './engine-device.ts'

let sandbox: Sandbox
let elsewhere: LocalService
let heard: readonly IncomingMessage[]
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, concurrency: null })
  elsewhere = await localService(json({ value: [] }))
  heard = elsewhere.received
})
afterAll(() => Promise.all([sandbox.close(), elsewhere.close()]))
beforeEach(() => sandbox.settings.change({ faults: [] }))

const strange = (text: string): string => text.replaceAll(sandbox.origin, elsewhere.url.origin)

/** Every deltaLink of an answer leads to another origin. */
const strangeDeltas: typeof fetch = async (address, init) => {
  const response = await fetch(address, init)
  const text = await response.text()
  const changed = text.replace(/"@odata.deltaLink":"[^"]*"/g, strange)
  return new Response(changed, { status: response.status, headers: response.headers })
}

const foreign = (match: string): Fault => ({ kind: 'foreign-link', origin: elsewhere.url.origin, match })
const enumerating = { deltaLatest: 'enumerate' } as const

describe('no token goes to another origin, and the import ends, for a link in', () => {
  test.each([
    ['a page of contacts', {}, '*$top=6*'],
    ['a page of folders', {}, '*contactFolders?*'],
    ['a page of child folders', {}, '*childFolders*'],
  ])('%s', async (_, settings, match) => {
    const device = engineDevice(sandbox, settings)
    sandbox.settings.change({ faults: [foreign(match)] })
    await expect(device.read()).rejects.toMatchObject({ code: 'bad-answer' })
    expect(heard).toEqual([])
  })

  test('a page of a second listing', async () => {
    const device = engineDevice(sandbox, {})
    const noDeltas: Fault = { kind: 'status', status: 400, match: '*/delta*' }
    sandbox.settings.change({ faults: [foreign('*changeKey,lastModifiedDateTime&*'), noDeltas] })
    await expect(device.read()).rejects.toMatchObject({ code: 'bad-answer' })
    expect(heard).toEqual([])
  })

  test('the deltas that a first import begins with', async () => {
    const device = engineDevice(sandbox, {}, { fetch: strangeDeltas })
    await expect(device.read()).rejects.toMatchObject({ code: 'bad-answer' })
    expect(heard).toEqual([])
  })

  test('the deltas of a refresh', async () => {
    let isStrange = false
    const device = engineDevice(
      sandbox,
      {},
      { fetch: (address, init) => (isStrange ? strangeDeltas : fetch)(address, init) },
    )
    await device.read()
    isStrange = true
    device.changing.change()
    await expect(device.read()).rejects.toMatchObject({ code: 'bad-answer' })
    expect(heard).toEqual([])
  })
})

test('no token goes to another origin, and the import continues without deltas, for a link in a page of a walk', async () => {
  const device = engineDevice(sandbox, enumerating)
  sandbox.settings.change({ faults: [foreign('*/delta*')] })
  expect((await device.read()).finished?.verified).toBe(true)
  expect(device.isExact()).toBe(true)
  expect(heard).toEqual([])
})

describe('no token goes to another origin, and everything is listed again, for a link in', () => {
  const strangely = (cursor: Json): Json => JSON.parse(strange(JSON.stringify(cursor))) as Json

  test('the cursor of the last import', async () => {
    const device = engineDevice(sandbox, {})
    await device.read()
    device.changing.change()
    device.remember(strangely(device.cursor()))
    const { reports } = await device.read()
    expect(reports[0]).toMatchObject({ type: 'contacts.counted' })
    expect(device.isExact()).toBe(true)
    expect(heard).toEqual([])
  })

  test.each([
    ['a page', {}],
    ['a page of a walk', enumerating],
  ])('the position of an import that was broken off at %s', async (_, settings) => {
    const device = engineDevice(sandbox, settings)
    const { cursor, contacts } = await readSource(device.source, { stopAfter: 2 })
    const resumeFrom = strangely(cursor)
    expect(resumeFrom).not.toEqual(cursor)
    const whole = await readSource(device.source, { resumeFrom, recorded: contacts })
    expect(whole.reports[0]).toMatchObject({ type: 'contacts.counted' })
    expect(device.changing.held(whole.contacts)).toBe(true)
    expect(heard).toEqual([])
  })
})
