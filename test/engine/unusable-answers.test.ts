import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { engineDevice } from './engine-device.ts'
import { rewriting } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, concurrency: null })
})
afterAll(() => sandbox.close())

const answers = ['{}', '{"value":null}', '[]', 'null', '<html></html>']

/** A device whose service gives this answer, with status 200, to every matching request outside a batch. */
const deviceWith = (answer: string, isAimed: (address: string) => boolean) => {
  let isOn = false
  const device = engineDevice(
    sandbox,
    { contacts: 40, folders: 2 },
    {
      fetch: async (address, init) => {
        // Without batches, whose parts are tested elsewhere.
        if (isOn && typeof init?.body === 'string') return new Response('{}', { status: 200 })
        const unusable = rewriting((text) => (isOn && isAimed(address as string) ? answer : text))
        return unusable(address, init)
      },
    },
  )
  return { device, begin: () => (isOn = true) }
}

const topList = (address: string) => address.includes('/me/contactFolders?')
const childList = (address: string) => address.includes('/childFolders?')

describe.each(answers)('the answer %s', (answer) => {
  test.each([
    ['the topmost list of folders', topList],
    ['each list of child folders', childList],
  ])('to %s ends no import and costs no contact on the device', async (_, isAimed) => {
    const { device, begin } = deviceWith(answer, isAimed)
    await device.read()
    begin()
    for (const cursor of [device.cursor(), null]) {
      device.remember(cursor)
      expect((await device.read()).finished?.verified).toBe(false)
      expect(device.isExact()).toBe(true)
    }
  })

  test('to the pages of one folder skips only that folder, and a device keeps its contacts', async () => {
    const isAimed = (address: string) =>
      decodeURIComponent(address).includes(`${device.otherFolder()}/contacts?`)
    const { device, begin } = deviceWith(answer, isAimed)
    await device.read()
    begin()
    device.remember(null)
    const { skipped, finished } = await device.read()
    expect(skipped).toContainEqual({ reason: 'folder-unreadable', folder: device.otherFolder() })
    expect(finished?.verified).toBe(false)
    expect(device.isExact()).toBe(true)
  })
})

test.each(['@odata.nextLink', '@odata.deltaLink'])(
  'a stored delta whose %s leads to another origin has everything listed, and no token goes there',
  async (name) => {
    let isOn = false
    const device = engineDevice(
      sandbox,
      { contacts: 40, folders: 2 },
      {
        fetch: rewriting((text, address) => {
          if (!isOn || !address.endsWith('$batch')) return text
          isOn = false
          const foreign = `"${name}":"https://elsewhere.example.test/x"`
          return text.replace(/"@odata.deltaLink":"[^"]*"/, foreign)
        }),
      },
    )
    await device.read()
    device.changing.change()
    isOn = true
    const { reports, finished } = await device.read()
    expect(reports[0]?.type).toBe('contacts.counted')
    expect(finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
    expect(device.sent.filter((line) => line.includes('elsewhere'))).toEqual([])
  },
)
