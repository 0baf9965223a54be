import { expect, it } from 'vitest'
import { newName } from '../../../../test/chromium/names.ts'
import { inDatabase } from '../../../../test/chromium/raw-database.ts'
import { exampleEvent, jsonBytes, partsOf, readAll } from '../../../testing/contracts/event-store/examples.ts'
import { openIndexedDbStore } from './open-store.ts'
import type { EventRecord, MetaRecord, PayloadRecord, ViewRecord } from './schema.ts'

/** A store with three events, two of them with a payload, and a view in two parts. Nothing has it open. */
const filled = async (): Promise<string> => {
  const name = newName()
  const store = await openIndexedDbStore(name)
  await store.append(0, [exampleEvent('a', 'Ada'), exampleEvent('b'), exampleEvent('c', 'Cyd')])
  await store.saveView({ name: 'v', version: 1, position: 3, data: 1, parts: ['one', 'two'].map(jsonBytes) })
  await store.close()
  return name
}

/** Replaces one record. */
const change = async <R>(name: string, store: string, key: IDBValidKey, changed: (record: R) => R) => {
  const record = await inDatabase(name, (of) => of(store).get(key) as IDBRequest<R>)
  await inDatabase(name, (of) => of(store).put(changed(record)))
}

const remove = (name: string, store: string, key: IDBValidKey) =>
  inDatabase(name, (of) => of(store).delete(key))

const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 1 ? byte ^ 1 : byte))

const damaged = { payload: null, isPayloadDamaged: true }

it.for([
  [
    'changed',
    (name: string) =>
      change<PayloadRecord>(name, 'payloads', 1, ({ position, bytes }) => ({
        position,
        bytes: flipped(bytes),
      })),
  ],
  [
    'replaced by something else',
    (name: string) => change<object>(name, 'payloads', 1, () => ({ position: 1, bytes: 'Ada' })),
  ],
  ['missing', (name: string) => remove(name, 'payloads', 1)],
  [
    'empty',
    (name: string) =>
      change<PayloadRecord>(name, 'payloads', 1, () => ({ position: 1, bytes: new Uint8Array() })),
  ],
] as const)('a payload that is %s is reported as damaged, and the others are read', async ([, harm]) => {
  const name = await filled()
  await harm(name)
  const store = await openIndexedDbStore(name)
  const [a, b, c] = await readAll(store)
  expect(a).toMatchObject(damaged)
  expect(b).not.toHaveProperty('isPayloadDamaged')
  expect(c?.payload).toBe('Cyd')
  expect((await readAll(store, 0, false))[0]).not.toHaveProperty('isPayloadDamaged')
  await store.close()
})

it('a payload that was dropped is not reported as damaged', async () => {
  const store = await openIndexedDbStore(newName())
  await store.append(0, [exampleEvent('a', 'Ada')])
  await store.append(1, [], [{ stream: 'microsoft365' }])
  expect(await readAll(store)).toEqual([{ ...exampleEvent('a'), position: 1 }])
  await store.close()
})

it.for([
  ['changed', (event: EventRecord) => ({ ...event, text: event.text.replace('page', 'pace') })],
  ['not text', (event: EventRecord) => ({ ...event, text: 7 })],
  ['of another stream', (event: EventRecord) => ({ ...event, stream: 'google' })],
  ['at another position', (event: EventRecord) => ({ ...event, position: 9 })],
  ['without a checksum', ({ position, stream, text }: EventRecord) => ({ position, stream, text })],
] as const)('an envelope that is %s fails as storage-damaged', async ([, changed]) => {
  const name = await filled()
  await change<EventRecord>(name, 'events', 3, changed as (event: EventRecord) => EventRecord)
  const store = await openIndexedDbStore(name)
  await expect(readAll(store)).rejects.toMatchObject({ code: 'storage-damaged' })
  await expect(readAll(store, 0, false)).rejects.toMatchObject({ code: 'storage-damaged' })
  await store.close()
})

it('a stream with damaged envelopes and payloads can still be erased', async () => {
  const name = await filled()
  const store = await openIndexedDbStore(name)
  await store.append(3, [exampleEvent('tombstone', null, { type: 'account.signed-out' })])
  await change<EventRecord>(name, 'events', 1, (event) => ({ ...event, text: '' }))
  await change<object>(name, 'payloads', 3, () => ({ position: 3 }))
  await store.erase('microsoft365', 4)
  expect((await readAll(store)).map(({ id }) => id)).toEqual(['tombstone'])
  await store.close()
})

it.for([
  [
    'a changed key',
    (name: string) =>
      change<MetaRecord>(name, 'meta', 'identity', (meta) => ({ ...meta, value: '{"key":"x","id":"y"}' })),
  ],
  ['no key', (name: string) => remove(name, 'meta', 'identity')],
  ['no last position', (name: string) => remove(name, 'meta', 'last')],
  [
    'a last position that is no number',
    (name: string) => change<MetaRecord>(name, 'meta', 'last', () => ({ name: 'last', value: '3' })),
  ],
] as const)('a store with %s is not opened', async ([, harm]) => {
  const name = await filled()
  await harm(name)
  await expect(openIndexedDbStore(name)).rejects.toMatchObject({ code: 'storage-damaged' })
})

it.for([
  [
    'a changed part',
    (name: string) =>
      change<ViewRecord>(name, 'views', ['v', 1, 0], (part) => ({ ...part, bytes: flipped(part.bytes) })),
  ],
  [
    'a part of another place',
    (name: string) =>
      change<ViewRecord>(name, 'views', ['v', 1, 0], (part) => ({ ...part, key: ['v', 1, 1] })),
  ],
  ['a missing part', (name: string) => remove(name, 'views', ['v', 1, 1])],
  [
    'a changed head',
    (name: string) =>
      change<ViewRecord>(name, 'views', ['v'], (head) => ({ ...head, bytes: flipped(head.bytes) })),
  ],
  [
    'a changed position',
    (name: string) => change<ViewRecord>(name, 'views', ['v'], (head) => ({ ...head, position: 9 })),
  ],
  [
    'no bytes',
    (name: string) =>
      change<object>(name, 'views', ['v'], () => ({
        key: ['v'],
        version: 1,
        position: 3,
        bytes: null,
        sum: 0,
      })),
  ],
] as const)('a view with %s is not found, and can be saved again', async ([, harm]) => {
  const name = await filled()
  await harm(name)
  const store = await openIndexedDbStore(name)
  expect(await store.loadView('v', 1)).toBeNull()
  await store.saveView({ name: 'v', version: 1, position: 3, data: 1, parts: [jsonBytes('new')] })
  expect(await partsOf(store, 'v', 1)).toEqual(['new'])
  await store.close()
})

it('a view with a part of an earlier view is not found', async () => {
  const name = await filled()
  const old = await inDatabase(name, (of) => of('views').get(['v', 1, 0]) as IDBRequest<ViewRecord>)
  const store = await openIndexedDbStore(name)
  const view = { name: 'v', version: 1, position: 3, data: 1 }
  // The sets of parts alternate.
  for (let time = 0; time < 2; time++) await store.saveView({ ...view, parts: ['new', 'two'].map(jsonBytes) })
  expect(await partsOf(store, 'v', 1)).toEqual(['new', 'two'])
  await inDatabase(name, (of) => of('views').put(old))
  expect(await store.loadView('v', 1)).toBeNull()
  await store.close()
})
