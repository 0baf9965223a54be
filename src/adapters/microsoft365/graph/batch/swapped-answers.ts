interface BatchAnswer {
  readonly status: number
  readonly body?: unknown
}

/**
 * Whether the answers of a batch are swapped between its requests: a contact has the id that another request names,
 * or a page links to the path of another request. Then none of the answers can be trusted.
 *
 * @param answers by the index of their link
 */
export const isSwapped = (links: readonly string[], answers: ReadonlyMap<string, BatchAnswer>): boolean => {
  const paths = links.map(pathOf)
  return links.some((_, index) => {
    const answer = answers.get(`${index}`)
    if (answer?.status !== 200) return false
    const isOfAnother = (belongs: (path: string) => boolean) =>
      !belongs(paths[index] ?? '') && paths.some(belongs)
    const { id, '@odata.nextLink': next, '@odata.deltaLink': delta } = Object(answer.body) as Page
    const link = typeof next === 'string' ? next : delta
    if (typeof id === 'string' && id !== '') {
      const segment = `/${id}`
      return isOfAnother((path) => path.endsWith(segment))
    }
    const path = typeof link === 'string' ? pathOf(link) : null
    return path !== null && isOfAnother((other) => other === path)
  })
}

interface Page {
  readonly id?: unknown
  readonly '@odata.nextLink'?: unknown
  readonly '@odata.deltaLink'?: unknown
}

const pathOf = (link: string): string => {
  try {
    return decodeURIComponent(new URL(link).pathname)
  } catch {
    return link
  }
}
