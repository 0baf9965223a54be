/** Fields of an object, of which nothing is known yet. */
export type JsonFields = Readonly<Record<string, unknown>>

/**
 * An item of a Graph collection, with what the engine itself asks of it. A text is null where it is missing,
 * empty, or something else than a text.
 */
export interface GraphItem {
  readonly id: string | null
  readonly parentFolderId: string | null
  readonly changeKey: string | null
  readonly lastModifiedDateTime: string | null
  readonly personalNotes: string | null
  /** A delta query says that it left the folder (Graph, "delta query overview": `@removed`, for any reason). */
  readonly isRemoved: boolean
  /** Graph put an error in its place. */
  readonly isError: boolean
  /** All its fields as they came; null where it is no object. */
  readonly fields: JsonFields | null
}

/** Takes any JSON value. Never throws. */
export const readItem = (value: unknown): GraphItem => {
  const fields = isFields(value) ? value : null
  const error = fields?.['error']
  return {
    id: textOf(fields?.['id']),
    parentFolderId: textOf(fields?.['parentFolderId']),
    changeKey: textOf(fields?.['changeKey']),
    lastModifiedDateTime: textOf(fields?.['lastModifiedDateTime']),
    personalNotes: textOf(fields?.['personalNotes']),
    isRemoved: fields !== null && '@removed' in fields,
    isError: typeof error === 'object' && error !== null,
    fields,
  }
}

/** Each item as it came last: a delta query may name one several times (Graph, "delta query overview"). */
export const latestOf = (items: readonly GraphItem[]): readonly GraphItem[] => [
  ...new Map(items.map((item) => [item.id ?? item, item])).values(),
]

const isFields = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
