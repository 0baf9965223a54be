import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { nodeKey } from './node-key.ts'
import { webCryptoKey } from './web-crypto-key.ts'

const bytes = randomBytes(32)
const plain = randomBytes(1_000)
const context = randomBytes(40)

test('what one kind of key encrypts, the other decrypts', async () => {
  const [node, web] = [nodeKey(bytes), await webCryptoKey(bytes)]
  expect(node.id).toEqual(web.id)
  expect(await web.open(await node.seal(plain, context), context)).toEqual(Uint8Array.from(plain))
  expect(await node.open(await web.seal(plain, context), context)).toEqual(Uint8Array.from(plain))
})

test('the id of a key is the start of its SHA-256', () => {
  const hash = createHash('sha256').update(bytes).digest('hex')
  expect(Buffer.from(nodeKey(bytes).id).toString('hex')).toBe(hash.slice(0, 16))
})

test('a key stays the same if the bytes that it was made from change', async () => {
  for (const make of [nodeKey, webCryptoKey]) {
    const own = Uint8Array.from(bytes)
    const key = await make(own)
    own.fill(0)
    expect(await key.open(await nodeKey(bytes).seal(plain, context), context)).toEqual(Uint8Array.from(plain))
  }
})

test('encrypted bytes have memory of their own, which can be posted to a worker', async () => {
  const sealed = await nodeKey(bytes).seal(plain, context)
  expect(sealed.buffer.byteLength).toBe(sealed.length)
})
