import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodeKey } from '../../adapters/keys/node-key.ts'
import { webCryptoKey } from '../../adapters/keys/web-crypto-key.ts'
import { decrypt, encrypt, keyIdIn, partContext, payloadContext, textOfId } from './payload-cipher.ts'

const event = {
  stream: 'microsoft365',
  type: 'page.fetched',
  version: 1,
  id: 'e1',
  time: '2026-01-01T00:00:00.000Z',
  attempt: 'a1',
  data: {},
} as const
const bytes = (size = 32) => crypto.getRandomValues(new Uint8Array(size))
const raw = bytes()
const key = nodeKey(raw)

test('each implementation of a key decrypts what the other has encrypted', async () => {
  const web = await webCryptoKey(raw)
  const context = payloadContext(event)
  expect(web.id).toEqual(key.id)
  for (const [one, other] of [[key, web] as const, [web, key] as const]) {
    const encrypted = await encrypt(one, bytes(1_000), context)
    expect(encrypted[0]).toBe(1)
    expect(encrypted.length).toBe(1 + 8 + 12 + 1_000 + 16)
    expect(await decrypt(other, encrypted, context)).toHaveLength(1_000)
  }
})

test('the key id distinguishes a different key from damage', async () => {
  const encrypted = await encrypt(key, bytes(10), payloadContext(event))
  expect(keyIdIn(encrypted)).toBe(textOfId(key.id))
  expect(keyIdIn(encrypted)).not.toBe(textOfId(nodeKey(bytes()).id))
  for (const none of [new Uint8Array(), Uint8Array.of(1), Uint8Array.of(2, ...encrypted.subarray(1))])
    expect(keyIdIn(none)).toBeNull()
})

test('a payload can be decrypted for its own event only, whatever position a store gives it', async () => {
  const encrypted = await encrypt(key, bytes(10), payloadContext(event))
  expect(await decrypt(key, encrypted, payloadContext({ ...event, data: { moved: true } }))).not.toBeNull()
  const others = [
    { stream: 'google' as const },
    { type: 'changes.fetched' },
    { version: 2 },
    { id: 'e2' },
    { attempt: null },
  ]
  for (const other of others)
    expect(await decrypt(key, encrypted, payloadContext({ ...event, ...other }))).toBeNull()
})

test('a part of a view can be decrypted in its own place only', async () => {
  const place = { name: 'contacts', version: 1, position: 7, stream: 'google', index: 0 }
  const encrypted = await encrypt(key, bytes(10), partContext(place))
  expect(await decrypt(key, encrypted, partContext(place))).not.toBeNull()
  for (const other of [{ index: 1 }, { position: 8 }, { stream: 'outlook' }, { version: 2 }, { name: 'x' }])
    expect(await decrypt(key, encrypted, partContext({ ...place, ...other }))).toBeNull()
})

test('one changed bit anywhere is detected, and the same bytes are encrypted differently each time', async () => {
  const context = payloadContext(event)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(7), async (plain, at, bit) => {
      const encrypted = await encrypt(key, plain, context)
      expect(await decrypt(key, encrypted, context)).toEqual(plain)
      expect(await encrypt(key, plain, context)).not.toEqual(encrypted)
      const place = 9 + (at % (encrypted.length - 9))
      encrypted[place] = (encrypted[place] ?? 0) ^ (1 << bit)
      expect(await decrypt(key, encrypted, context)).toBeNull()
    }),
    { numRuns: 100 },
  )
})
