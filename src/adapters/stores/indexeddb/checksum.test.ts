import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesChecksum } from './checksum.ts'

it.for([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
] as const)('the checksum of "%s" is that of published test vectors', ([text, sum]) => {
  expect(bytesChecksum(new TextEncoder().encode(text))).toBe(sum)
})

it('is the checksum of zlib', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => bytesChecksum(bytes) === crc32(bytes)))
})
