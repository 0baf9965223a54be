/** Unchecked fields of an object. */
export type JsonFields = Readonly<Record<string, unknown>>

/**
 * An item of a Graph collection, with the fields that the engine itself needs. A text is null if it is missing, empty
 * or not a text.
 */
export interface GraphItem {
  readonly id: string | null
  readonly parentFolderId: string | null
  readonly changeKey: string | null
  readonly lastModifiedDateTime: string | null
  readonly personalNotes: string | null
  /** The whole note could not be read, so `personalNotes` is only its beginning. Graph never says so itself. */
  readonly isNoteCut: boolean
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
    id: textOf(fields?.['id']),
    parentFolderId: textOf(fields?.['parentFolderId']),
    changeKey: textOf(fields?.['changeKey']),
    lastModifiedDateTime: textOf(fields?.['lastModifiedDateTime']),
    personalNotes: textOf(fields?.['personalNotes']),
    isNoteCut: false,
    isRemoved: fields !== null && '@removed' in fields,
    isError: typeof error === 'object' && error !== null,
    fields,
  }
}

/** The last occurrence of each item: a delta query may name one several times (Graph, "delta query overview"). */
export const latestOf = (items: readonly GraphItem[]): readonly GraphItem[] => [
  ...new Map(items.map((item) => [item.id ?? item, item])).values(),
]

const isFields = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
