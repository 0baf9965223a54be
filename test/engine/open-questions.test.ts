import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { type EngineDevice, patientDevice as engineDevice } from './engine-device.ts'
import { rewriting, rewritingParts } from './rewriting-fetch.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, distributionLists: 0, concurrency: null })
})
afterAll(() => sandbox.close())

const contact = ({ mailbox }: EngineDevice, place = 0) => {
  const found = mailbox.contacts()[place]
  if (found === undefined) throw new Error('The mailbox is too small')
  return found
}

const failing = (match: string, status = 500): Fault => ({
  kind: 'status',
  status,
  code: 'ErrorCorruptData',
  match,
})

describe('a contact that has left for a folder that no list shows', () => {
  test.each([400, 403, 500])(
    'stays while the folder answers %i, and is found there once it answers',
    async (status) => {
      const device = engineDevice(sandbox, { contacts: 40, folders: 1 })
      await device.read()
      const { immutableId, id } = contact(device)
      const unlisted = device.mailbox.addFolder('New').id
      device.mailbox.move(id, unlisted)
      const omitted: Fault = { kind: 'omit-folder', folder: unlisted }
      device.inflict(failing(`GET /v1.0/me/contactFolders/${unlisted}?*`, status), omitted)
      for (let refresh = 0; refresh < 2; refresh++) {
        expect((await device.read()).finished?.verified).toBe(false)
        expect(device.list().has(immutableId)).toBe(true)
      }
      device.inflict(omitted)
      expect((await device.read()).finished?.verified).toBe(true)
      expect(device.isExact()).toBe(true)
    },
  )

  test('is found there although others have moved to more folders than one round asks about', async () => {
    const mail = new Map<unknown, string>()
    const inMail = rewritingParts((part) => {
      const { body } = part as { body?: { id?: unknown } }
      const folder = mail.get(body?.id)
      return folder === undefined ? part : { ...part, body: { ...body, parentFolderId: folder } }
    })
    const device = engineDevice(sandbox, { contacts: 40, folders: 0 }, { fetch: inMail })
    await device.read()
    for (const [place, { id, immutableId }] of device.mailbox.contacts().slice(0, 7).entries()) {
      mail.set(immutableId, `Mail${place}`)
      device.mailbox.remove(id)
    }
    const unlisted = device.mailbox.addFolder('New').id
    device.mailbox.move(contact(device).id, unlisted)
    device.inflict({ kind: 'omit-folder', folder: unlisted })
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

test('a contact that a deletion pushed off its page is read although nothing is known of the deletion', async () => {
  let firstPage = (): void => undefined
  const firstPageIsRead = new Promise<void>((resolve) => (firstPage = resolve))
  const device = engineDevice(
    sandbox,
    { contacts: 24, folders: 0 },
    {
      fetch: async (address, init) => {
        const asked = `${address as string} ${typeof init?.body === 'string' ? init.body : ''}`
        if (!asked.includes('$top=6')) return fetch(address, init)
        if (asked.includes('$skip')) await firstPageIsRead
        const response = await fetch(address, init)
        if (!asked.includes('$skip') && device.mailbox.size === 24) device.mailbox.remove(contact(device).id)
        if (!asked.includes('$skip')) firstPage()
        return response
      },
    },
  )
  device.inflict(failing(`*contacts/${contact(device).immutableId}*`))
  expect((await device.read()).finished?.verified).toBe(false)
  const ids = device.mailbox.contacts().map(({ immutableId }) => immutableId)
  expect(ids.filter((id) => !device.list().has(id))).toEqual([])
  device.inflict()
  expect((await device.read()).finished?.verified).toBe(true)
  expect(device.isExact()).toBe(true)
})

describe('a contact about which a complete listing finds no answer stays on the device', () => {
  test.each<[string, readonly Fault[], (device: EngineDevice, id: string) => void]>([
    ['removed', [], ({ mailbox }, id) => mailbox.remove(id)],
    [
      'changed, in part',
      [{ kind: 'partial-items' }],
      ({ mailbox }, id) => mailbox.change(id, { title: 'X' }),
    ],
  ])('if a delta tells it as %s', async (_, lies, change) => {
    let isLeftOut: (item: unknown) => boolean = () => false
    let onPages = (): void => undefined
    const withoutContact = rewriting((text) => {
      const body = JSON.parse(text) as Page & { responses?: { body: Page }[] }
      for (const page of [body, ...(body.responses ?? []).map(({ body }) => body)])
        if (page.value) page.value = page.value.filter((item) => !isLeftOut(item))
      return JSON.stringify(body)
    })
    const device = engineDevice(
      sandbox,
      { contacts: 40, folders: 0 },
      {
        fetch: (address, init) => {
          const asked = `${address as string} ${typeof init?.body === 'string' ? init.body : ''}`
          if (!asked.includes('$top=6')) return fetch(address, init)
          onPages()
          return withoutContact(address, init)
        },
      },
    )
    await device.read()
    const { id, immutableId } = contact(device, 3)
    const before = device.list().get(immutableId)
    isLeftOut = (item) => (item as { id?: unknown }).id === immutableId
    onPages = () => {
      onPages = () => undefined
      change(device, id)
    }
    device.inflict(failing(`*contacts/${immutableId}*`), ...lies)
    device.remember(null)
    expect((await device.read()).finished?.verified).toBe(false)
    expect(device.list().get(immutableId)).toEqual(before)
    device.inflict()
    expect((await device.read()).finished?.verified).toBe(true)
    expect(device.isExact()).toBe(true)
  })
})

test('a contact that only a later reading without deltas sees, and that does not answer, stays on a device', async () => {
  let leftOut: unknown = null
  const device = engineDevice(
    sandbox,
    { contacts: 20, folders: 0 },
    {
      pageSize: 1000,
      fetch: rewriting((text, address) => {
        if (!/displayName.*\$top/.test(address)) return text
        const page = JSON.parse(text) as { value: { id?: unknown }[] }
        return JSON.stringify({ ...page, value: page.value.filter(({ id }) => id !== leftOut) })
      }),
    },
  )
  await device.read()
  leftOut = contact(device).immutableId
  const noDeltas: Fault = { kind: 'status', status: 400, match: '*/delta*' }
  device.inflict(noDeltas, failing(`*contacts/${contact(device).immutableId}*`))
  device.remember(null)
  expect((await device.read()).finished?.verified).toBe(false)
  expect(device.isExact()).toBe(true)
})

interface Page {
  value?: unknown[]
}
