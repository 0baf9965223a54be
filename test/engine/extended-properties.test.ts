import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/index.ts'
import type { SourceContact } from '../../src/index.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { engineDevice } from './engine-device.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

const settings = { contacts: 40, folders: 2 }
const extended = [
  { id: 'String 0x3A24', value: '+1 206 555 0124' },
  { id: 'SystemTime 0x3A41', value: '2001-02-03T11:59:00Z' },
]
const asking = (sent: readonly string[]) => sent.filter((request) => request.includes('$expand'))

/** A device whose mailbox has a contact with these properties, and one whose note is cut in lists. */
const deviceWith = (extendedProperties: boolean) => {
  const device = engineDevice(sandbox, settings, { extendedProperties, pageSize: 1_000 })
  const folder = device.mailbox.folders[1]?.id ?? ''
  device.mailbox.add({ displayName: 'Faxed', extended }, { folderId: folder })
  device.mailbox.add({ displayName: 'Noted', extended, personalNotes: 'n'.repeat(400) })
  return device
}
const named = (contacts: ReadonlyMap<string, SourceContact>, name: string) =>
  [...contacts.values()].find((contact) => contact.name.full === name)

describe('extended properties', () => {
  test('are read with the lists, in all folders, and with a contact that is fetched by its id', async () => {
    const device = deviceWith(true)
    await device.read()
    for (const name of ['Faxed', 'Noted'])
      expect(named(device.list(), name)).toMatchObject({
        phones: [{ kind: 'fax', value: '+1 206 555 0124' }],
        anniversary: { year: 2001, month: 2, day: 3 },
      })
    expect(named(device.list(), 'Noted')?.note).toHaveLength(400)
    expect(asking(device.sent).filter((request) => request.includes('/delta'))).toEqual([])
  })

  test('are not asked for without the option, and cost no request more with it', async () => {
    const plain = deviceWith(false)
    await plain.read()
    expect(named(plain.list(), 'Faxed')?.phones).toEqual([])
    expect(asking(plain.sent)).toEqual([])
    const device = deviceWith(true)
    await device.read()
    expect(device.sent).toHaveLength(plain.sent.length)
  })

  test('appear after a complete listing once the option is on, and disappear after one once it is off', async () => {
    const plain = deviceWith(false)
    await plain.read()
    const changesSince = plain.cursor()
    const unchanged = await readSource(plain.source, { list: plain.list(), changesSince })
    expect(unchanged.pages).toEqual([])
    const extending = plain.sourceWith({ extendedProperties: true })
    const on = await readSource(extending, { list: plain.list(), changesSince })
    expect(on.pages.length).toBeGreaterThan(0)
    expect(named(on.contacts, 'Faxed')?.phones).toEqual([{ kind: 'fax', value: '+1 206 555 0124' }])
    const off = await readSource(plain.source, {
      list: on.contacts,
      changesSince: on.finished?.cursor ?? null,
    })
    expect(off.pages.length).toBeGreaterThan(0)
    expect(named(off.contacts, 'Faxed')?.phones).toEqual([])
  })

  test.each(['anchor', 'enumerate'] as const)(
    'stay with a contact that changes, though no delta tells them (%s)',
    async (deltaLatest) => {
      const device = engineDevice(
        sandbox,
        { ...settings, deltaLatest },
        { extendedProperties: true, pageSize: 1_000 },
      )
      const { id } = device.mailbox.add({ displayName: 'Faxed', extended })
      await device.read()
      device.mailbox.change(id, { displayName: 'Renamed' })
      device.sent.length = 0
      const { finished } = await device.read()
      expect(named(device.list(), 'Renamed')?.phones).toEqual([{ kind: 'fax', value: '+1 206 555 0124' }])
      expect(finished?.verified).toBe(true)
      // The changes, the contact, and a round without any.
      if (deltaLatest === 'anchor') expect(device.sent).toHaveLength(3)
    },
  )

  test.each([
    [true, 'contacts.counted'],
    [false, 'listing.finished'],
  ])(
    'list the mailbox again with each refresh if no delta begins from now: option %s, first report %s',
    async (option, first) => {
      const device = engineDevice(
        sandbox,
        { ...settings, deltaLatest: 'refuse' },
        { extendedProperties: option },
      )
      await device.read()
      const { reports, finished } = await device.read()
      expect(reports[0]?.type).toBe(first)
      expect(finished?.verified).toBe(true)
      expect(device.sent.some((request) => request.includes('/delta?$select'))).toBe(!option)
    },
  )
})
