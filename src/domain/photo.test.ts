import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LARGEST_PHOTO, photoOf } from './photo.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : [...part],
    ),
  )

const jpeg = [0xff, 0xd8, 0xff, 0xe0]
const pngBytes = bytes([0x89], 'PNG', [0x0d, 0x0a, 0x1a, 0x0a])

test.each([
  ['image/jpeg', bytes(jpeg, 'rest')],
  ['image/png', pngBytes],
  ['image/gif', bytes('GIF87a')],
  ['image/gif', bytes('GIF89a', [0])],
  ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
])('%s is known by its first bytes', (type, file) => {
  expect(photoOf(file)).toEqual({ type, bytes: file })
})

test.each([
  ['nothing', bytes()],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['XML', bytes('<?xml version="1.0"?><svg/>')],
  ['HTML', bytes('<!doctype html><script>alert(1)</script>')],
  ['a bitmap, whose signature is two letters', bytes('BM', [0, 0, 0, 0])],
  ['TIFF', bytes('II*', [0])],
  ['HTML that ends like an image', bytes('<html>', jpeg)],
  ['the beginning of a signature', pngBytes.slice(0, 7)],
  ['a GIF of a version that does not exist', bytes('GIF89b')],
  ['another file in a RIFF', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ['a RIFF that ends before its type', bytes('RIFF', [1, 2, 3, 4], 'WEB')],
])('%s is no photo', (_, file) => {
  expect(photoOf(file)).toBeNull()
})

test('a photo of the largest size is shown, and none that is larger', () => {
  const file = (size: number) => {
    const all = new Uint8Array(size)
    all.set(jpeg)
    return all
  }
  expect(photoOf(file(LARGEST_PHOTO))?.bytes).toHaveLength(LARGEST_PHOTO)
  expect(photoOf(file(LARGEST_PHOTO + 1))).toBeNull()
})

test('any bytes are a photo or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (file) => {
      const photo = photoOf(file)
      expect(photo === null || photo.bytes === file).toBe(true)
    }),
  )
})
