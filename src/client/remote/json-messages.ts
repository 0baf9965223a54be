import { decodeBase64url, encodeBase64url } from '../../formats/base64url.ts'

/** Marks an object that stands for a value that JSON does not have. */
const MARK = '$'

/**
 * A message of `serveBook` or `connectBook` as text, for channels that carry no structured clones. Dates and bytes (photos)
 * survive, and `undefined` within arrays. Throws a `TypeError` for what neither JSON nor this can express.
 */
export const encodeMessage = (message: unknown): string =>
  JSON.stringify(message, function (this: unknown, key, value: unknown) {
    // `value` of a date is text already.
    return marked(Reflect.get(Object(this), key), Array.isArray(this)) ?? value
  })

/** The message that a text stands for. Throws for a text that is none; the text may come from anyone. */
export const decodeMessage = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, MARK)) return value
    return unmarked(value as { readonly [MARK]: unknown; readonly value?: unknown })
  })

const marked = (value: unknown, isInArray: boolean): object | undefined => {
  if (value === undefined && isInArray) return { [MARK]: 'undefined' }
  if (value instanceof Date) return { [MARK]: 'date', value: value.getTime() }
  if (value instanceof Uint8Array) return { [MARK]: 'bytes', value: encodeBase64url(value) }
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, MARK))
    return { [MARK]: 'object', value: Object.entries(value) }
  return undefined
}

const unmarked = ({
  [MARK]: kind,
  value,
}: {
  readonly [MARK]: unknown
  readonly value?: unknown
}): unknown => {
  switch (kind) {
    case 'undefined':
      return undefined
    case 'date':
      return new Date(Number(value))
    case 'bytes':
      return decodeBase64url(String(value))
    case 'object':
      return Object.fromEntries(value as readonly (readonly [string, unknown])[])
    default:
      throw new SyntaxError('unknown mark')
  }
}
