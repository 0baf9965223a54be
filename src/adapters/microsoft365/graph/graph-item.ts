/** Unchecked fields of an object. */
export type JsonFields = Readonly<Record<string, unknown>>

/**
 * An item of a Graph collection, with the fields that the engine itself needs. A text is null if it is missing, empty
 * or not a text.
 */
export interface GraphItem {
  /** Null also if it is unusable, so that no address is built from such an id. */
  readonly id: string | null
  readonly parentFolderId: string | null
  readonly changeKey: string | null
  readonly lastModifiedDateTime: string | null
  readonly personalNotes: string | null
  /** The whole note could not be read, so `personalNotes` is only its beginning. Graph never says so itself. */
  readonly isNoteCut?: true
  /** Left the folder, according to a delta query (Graph, "delta query overview": `@removed`, for any reason). */
  readonly isRemoved: boolean
  /** Graph returned an error instead of the item. */
  readonly isError: boolean
  /** All fields, unchecked; null if the item is not an object. */
  readonly fields: JsonFields | null
}

/** Accepts any JSON value. Never throws. */
export const readItem = (value: unknown): GraphItem => {
  const fields = isFields(value) ? value : null
  const error = fields?.['error']
  return {
    id: usableId(fields?.['id']),
    parentFolderId: textOf(fields?.['parentFolderId']),
    changeKey: textOf(fields?.['changeKey']),
    lastModifiedDateTime: textOf(fields?.['lastModifiedDateTime']),
    personalNotes: textOf(fields?.['personalNotes']),
    isRemoved: fields !== null && '@removed' in fields,
    isError: typeof error === 'object' && error !== null,
    fields,
  }
}

/**
 * Whether an id can be put into an address. A lone surrogate cannot be encoded. `.` and `..` stay dots when they are
 * encoded and lead to another address (RFC 3986, section 5.2.4). Graph's own ids are printable and shorter than 400
 * characters; a longer address than this may be refused by a proxy.
 */
export const isUsableId = (id: string): boolean =>
  id.length <= LONGEST_ID && /^[^\p{Cc}\p{Cs}]+$/u.test(id) && id !== '.' && id !== '..'

const LONGEST_ID = 1000

/** Whether an item has an id that cannot be used. */
export const hasUnusableId = ({ id, fields }: GraphItem): boolean =>
  id === null && textOf(fields?.['id']) !== null

/** The last occurrence of each item: a delta query may name one several times (Graph, "delta query overview"). */
export const latestOf = (items: readonly GraphItem[]): readonly GraphItem[] => [
  ...new Map(items.map((item) => [item.id ?? item, item])).values(),
]

const isFields = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const usableId = (value: unknown): string | null => {
  const id = textOf(value)
  return id !== null && isUsableId(id) ? id : null
}
