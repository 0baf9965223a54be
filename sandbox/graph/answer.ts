/** A page of a list, kept in parts until it is sent, so that faults can damage it. */
export interface ListPage {
  readonly context: string
  readonly count?: number
  /** JSON texts. */
  readonly items: readonly string[]
  readonly nextLink?: string
  readonly deltaLink?: string
  /** The link to the same items. */
  readonly again: string
}

/** A response of Graph, before it is sent or put into a batch. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A page, JSON text, or text or bytes of the content type given in `headers`. */
  readonly content: ListPage | string | Uint8Array
}

export const jsonAnswer = (value: unknown): Answer => ({
  status: 200,
  headers: {},
  content: typeof value === 'string' ? value : JSON.stringify(value),
})

export const pageAnswer = (content: ListPage): Answer => ({ status: 200, headers: {}, content })

/** The body as sent on its own. */
export const bodyOf = ({ content }: Answer): string | Uint8Array => {
  if (typeof content === 'string' || content instanceof Uint8Array) return content
  return pageText(content)
}

/** A page as JSON. */
export const pageText = (page: ListPage): string => {
  const { context, count, items, nextLink, deltaLink } = page
  const annotations = JSON.stringify({
    '@odata.context': context,
    ...(count === undefined ? {} : { '@odata.count': count }),
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
    ...(deltaLink === undefined ? {} : { '@odata.deltaLink': deltaLink }),
  })
  return `${annotations.slice(0, -1)},"value":[${items.join(',')}]}`
}
