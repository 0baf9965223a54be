import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hmacWith, webHmac } from './hmac.ts'

test('Node and Web Crypto make the same HMAC, so that a store has the same keys everywhere', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), text, async (key, value) => {
      const expected = Uint8Array.from(createHmac('sha256', key).update(value).digest())
      expect(Uint8Array.from(await hmacWith(key)(value))).toEqual(expected)
      expect(await webHmac(key)(value)).toEqual(expected)
    }),
  )
})

test('a runtime without the module of Node uses Web Crypto', async () => {
  const expected = await webHmac('key')('text')
  vi.stubGlobal('process', undefined)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(hmacWith('key')('text')).toBeInstanceOf(Promise)
  expect(await hmacWith('key')('text')).toEqual(expected)
})
