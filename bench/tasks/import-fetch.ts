import { GRAPH, graphFetch } from '../graph/graph-fetch.ts'
import { checkCount, listing } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'

interface Page {
  readonly value: readonly unknown[]
  readonly '@odata.nextLink'?: string
}

/** The lower limit: `fetch` and `JSON.parse` for pages of 1,000, without checks, storage or retries. */
export const importFetch = async (input: ImportInput) => {
  const { fetch, requests } = graphFetch(input.origin)
  const headers = { ...listing.headers, Authorization: `Bearer ${input.token}` }

  const watch = stopwatch()
  const contacts: unknown[] = []
  let next: string | undefined = `${GRAPH}/v1.0${listing.path}?$select=${listing.select}&$top=1000`
  while (next !== undefined) {
    const response = await fetch(next, { headers })
    const page = JSON.parse(await response.text()) as Page
    contacts.push(...page.value)
    next = page['@odata.nextLink']
  }
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  checkCount(contacts.length, input)
  return { ms, processorMs, requests: requests(), longestBlock: await watch.longestBlock() }
}
