import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { ImportFailure } from '../../domain/failures.ts'

/** A body is longer than the limit, or has too many values: one that answers less may fit. */
export class AnswerTooLarge extends ImportFailure {}

/** A body from this size on, in bytes, takes milliseconds to decode. */
export const LONG_FROM = 256 * 1024

/** How large a body may be. */
export interface BodyLimits {
  /** In bytes after decompression, so that a small compressed body cannot fill the memory. */
  readonly body: number
  /**
   * JSON values in it. Each takes some 70 bytes of memory, however short: `{},{},…` of 64 MiB takes 1.5 GB and 17 s.
   */
  readonly values: number
}

/**
 * The text of a body, as `Response.text` decodes it. The rest of a body that is too long is not read.
 *
 * Throws `AnswerTooLarge` (`bad-answer`) for a body that is longer or has more values than the limits; otherwise what the
 * stream throws.
 */
export const readBody = async (response: Response, limits: BodyLimits): Promise<string> => {
  const tooLarge = () => new AnswerTooLarge('bad-answer', { status: response.status })
  // Some runtimes have no streams. Null means that there is no body.
  const reader = (response.body as Response['body'] | undefined)?.getReader()
  if (reader === undefined) {
    const text = await response.text()
    if (text.length > limits.body) throw tooLarge()
    return text
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength
    if (size > limits.body) {
      reader.cancel().catch(() => undefined)
      throw tooLarge()
    }
    chunks.push(read.value)
  }
  // Decode in a separate turn of the event loop: parsing follows in the next one.
  if (size > LONG_FROM) await yieldToEventLoop()
  const bytes = joined(chunks, size)
  // No value is shorter than a byte.
  if (size > limits.values && valuesIn(bytes) > limits.values) throw tooLarge()
  // Decode the body as a whole: decoding chunks is slower.
  return new TextDecoder().decode(bytes)
}

const joined = (chunks: readonly Uint8Array[], size: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

const [QUOTE, COMMA, BRACKET, BACKSLASH, BRACE] = [0x22, 0x2c, 0x5b, 0x5c, 0x7b]

/** Every JSON value follows one of three characters. Those within a text are not counted. */
const valuesIn = (bytes: Uint8Array): number => {
  let values = 0
  let isText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) isText = !isText
    else if (isText) at += byte === BACKSLASH ? 1 : 0
    else if (byte === COMMA || byte === BRACKET || byte === BRACE) values++
  }
  return values
}
