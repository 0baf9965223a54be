import { personFields } from '../../src/adapters/google/contact/person-fields.ts'
import { checkCount, type ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'

interface Page {
  readonly connections?: readonly unknown[]
  readonly nextPageToken?: string
}

/** The lower limit for Google: `fetch` and `JSON.parse` for pages of 1,000, without checks, storage or retries. */
export const peopleFetch = async (input: ImportInput) => {
  const query = new URLSearchParams({
    personFields: personFields.join(','),
    sources: 'READ_SOURCE_TYPE_CONTACT',
    pageSize: '1000',
    requestSyncToken: 'true',
  })
  const watch = stopwatch()
  const people: unknown[] = []
  let requests = 0
  for (let pageToken: string | undefined = ''; pageToken !== undefined; requests++) {
    if (pageToken !== '') query.set('pageToken', pageToken)
    const address = `${input.origin}/google/people/v1/people/me/connections?${query.toString()}`
    const response = await fetch(address, { headers: { Authorization: `Bearer ${input.token}` } })
    const page = JSON.parse(await response.text()) as Page
    people.push(...(page.connections ?? []))
    pageToken = page.nextPageToken
  }
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  checkCount(people.length, input)
  return { ms, processorMs, requests, longestBlock: await watch.longestBlock() }
}
