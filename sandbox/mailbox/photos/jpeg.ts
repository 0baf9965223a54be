import { type Colour, SQUARES } from './pattern.ts'

/** A pattern as a baseline JPEG file, a block of 8 × 8 pixels for each square (ISO/IEC 10918-1, annexes B and F). */
export const jpegOf = (pattern: readonly Colour[]): Buffer => {
  const size = SQUARES * 8
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    // Quantization by 8: the coefficient of a block of one colour is then the value of the colour, from -128 to 127.
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, 0, size, 0, size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    // Nine sizes of a difference, four bits each; and for the rest of a block, its end only, one bit.
    segment(0xc4, [0x00, ...lengths(4, 9), 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    segment(0xc4, [0x10, ...lengths(1, 1), 0]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    scan(pattern),
    Buffer.from([0xff, 0xd9]),
  ])
}

const segment = (marker: number, data: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff, ...data])

/** How many codes of each length, from 1 to 16, a table has: all of them of one length. */
const lengths = (length: number, count: number): readonly number[] =>
  Array.from({ length: 16 }, (_, index) => (index + 1 === length ? count : 0))

const END_OF_BLOCK = '0'

const scan = (pattern: readonly Colour[]): Buffer => {
  const last = [0, 0, 0]
  let bits = ''
  for (const colour of pattern)
    for (const [component, value] of yccOf(colour).entries()) {
      bits += difference(value - (last[component] ?? 0)) + END_OF_BLOCK
      last[component] = value
    }
  const bytes = (bits + '1'.repeat(7)).match(/.{8}/g) ?? []
  // A byte of 255 within a scan is followed by 0, so that it is no marker.
  return Buffer.from(bytes.flatMap((byte) => (byte === '11111111' ? [255, 0] : [parseInt(byte, 2)])))
}

/** The number of bits, and the bits; a negative number is one less, without its sign (annex F.1.2.1). */
const difference = (value: number): string => {
  const size = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1
  const bits = value < 0 ? value + 2 ** size - 1 : value
  return size.toString(2).padStart(4, '0') + (size === 0 ? '' : bits.toString(2).padStart(size, '0'))
}

/** Luminance and two differences of colour (JFIF 1.02), each from -128 to 127. */
const yccOf = ([red, green, blue]: Colour): readonly number[] =>
  [
    0.299 * red + 0.587 * green + 0.114 * blue - 128,
    -0.1687 * red - 0.3313 * green + 0.5 * blue,
    0.5 * red - 0.4187 * green - 0.0813 * blue,
  ].map((value) => Math.max(-128, Math.min(127, Math.round(value))))
