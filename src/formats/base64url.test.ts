import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)

test('any number of bytes is encoded as Node does it, and decoded again', () => {
  for (let length = 0; length <= all.length; length++) {
    const bytes = all.subarray(all.length - length)
    const text = encodeBase64url(bytes)
    expect(text).toBe(Buffer.from(bytes).toString('base64url'))
    expect(decodeBase64url(text)).toEqual(new Uint8Array(bytes))
  }
})

test('plain base64 and padding are accepted, other text is not', () => {
  expect(decodeBase64url(Buffer.from(all).toString('base64'))).toEqual(all)
  expect(decodeBase64url('_w==')).toEqual(Uint8Array.of(255))
  expect(() => decodeBase64url('!')).toThrow()
  expect(() => decodeBase64url('a')).toThrow()
})
