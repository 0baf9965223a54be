import { expect, test } from 'vitest'
import { readBody } from './read-body.ts'

const MIB = 1024 * 1024

const upTo = (body: number, values = 4 * MIB) => ({ body, values })

/** A response whose body arrives in these chunks. Counts the bytes that are read. */
const inChunks = (chunks: Iterable<Uint8Array>) => {
  const state = { read: 0, cancelled: false }
  const rest: Iterator<Uint8Array, unknown> = chunks[Symbol.iterator]()
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const next = rest.next()
        if (next.done === true) {
          controller.close()
        } else {
          state.read += next.value.byteLength
          controller.enqueue(next.value)
        }
      },
      cancel: () => {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { response: new Response(body), state }
}

function* endless(): Generator<Uint8Array> {
  for (;;) yield new Uint8Array(MIB).fill(0x20)
}

const text = '\u{feff}{"name":"Ærøskøbing 👩‍👩‍👧‍👦 ヨミ \u{feff}"}'
const bytes = new TextEncoder().encode(text)

test.each([1, 2, 3, 5, bytes.length])('text in chunks of %i bytes is read as one', async (size) => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  const { response } = inChunks(chunks)
  expect(await readBody(response, upTo(bytes.length))).toBe(await new Response(bytes).text())
})

test('invalid UTF-8 is replaced as in any response', async () => {
  const broken = new Uint8Array([0x22, 0xc3, 0x22, 0xff, 0x22])
  expect(await readBody(new Response(broken), upTo(9))).toBe(await new Response(broken).text())
})

test('a response without a body is empty', async () => {
  expect(await readBody(new Response(null, { status: 204 }), upTo(0))).toBe('')
})

test('a body as long as the limit is read, and one byte more is a bad answer', async () => {
  expect(await readBody(new Response('x'.repeat(10)), upTo(10))).toHaveLength(10)
  await expect(readBody(new Response('x'.repeat(11), { status: 503 }), upTo(10))).rejects.toMatchObject({
    code: 'bad-answer',
    details: { status: 503 },
  })
})

test('an endless body is read only up to the limit, and its stream is cancelled', async () => {
  const { response, state } = inChunks(endless())
  await expect(readBody(response, upTo(4 * MIB))).rejects.toMatchObject({ code: 'bad-answer' })
  expect(state).toEqual({ read: 5 * MIB, cancelled: true })
})

test('a runtime without streams has the same limit', async () => {
  const response = { body: undefined, status: 200, text: async () => 'x'.repeat(11) } as unknown as Response
  expect(await readBody(response, upTo(11))).toHaveLength(11)
  await expect(readBody(response, upTo(10))).rejects.toMatchObject({ code: 'bad-answer' })
})

test('a stream that breaks throws its own error', async () => {
  const reset = new TypeError('terminated')
  const body = new ReadableStream({ start: (controller) => controller.error(reset) })
  await expect(readBody(new Response(body), upTo(10))).rejects.toBe(reset)
})

test.each(['{},', '[', '0,', '{"":'])(
  'millions of tiny values (%s) are a bad answer: they would take gigabytes',
  async (value) => {
    const body = value.repeat(Math.ceil((24 * MIB) / value.length))
    await expect(readBody(new Response(body), upTo(64 * MIB))).rejects.toMatchObject({ code: 'bad-answer' })
  },
)

test('a short body may have too many values too', async () => {
  const body = JSON.stringify(Array.from({ length: 1_000 }, () => ({})))
  expect(await readBody(new Response(body), upTo(MIB, 2_000))).toHaveLength(body.length)
  await expect(readBody(new Response(body), upTo(MIB, 1_999))).rejects.toMatchObject({ code: 'bad-answer' })
})

test('a body of 32 MiB whose texts are full of commas and quotes is read', async () => {
  const contact = `${JSON.stringify({ id: '1', personalNotes: ',[{"\\'.repeat(5_000) })},`
  const body = contact.repeat(Math.floor((32 * MIB) / contact.length))
  expect(await readBody(new Response(body), upTo(64 * MIB))).toHaveLength(body.length)
})
