import type { Context } from '@microsoft/microsoft-graph-client'
import { ImportFailure } from '../../../domain/failures.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import { authentication, untilAccessEnds } from '../../http/authentication.ts'
import { retry, type RetryOptions } from '../../http/retry/retry.ts'
import { transport } from '../../http/transport.ts'
import { personFields } from '../contact/person-fields.ts'
import { isFields, type JsonFields } from '../contact/person-reader.ts'
import { googleFailure } from './errors.ts'

export interface PeopleConnection extends RetryOptions {
  /** The address of the People API without a version: `https://people.googleapis.com`. */
  readonly service: URL
  readonly tokens: AccessTokens
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
}

/** Where a page is: after a page token, or at the beginning; of the whole list, or of the changes since a sync token. */
export interface PagePlace {
  readonly pageToken: string | null
  readonly syncToken: string | null
}

/** A page of the list, unchecked but for its form. */
export interface PeoplePage {
  readonly people: readonly unknown[]
  readonly nextPageToken: string | null
  /** On the last page only. */
  readonly nextSyncToken: string | null
  /** How many contacts Google claims to have; null if it claims none. */
  readonly total: number | null
}

/** Sends requests to the People API. They throw an `ImportFailure` or the signal's reason. */
export interface PeopleClient {
  /** Throws `TokenExpired` if Google refuses the token. */
  page(place: PagePlace): Promise<PeoplePage>
  /**
   * What Google has under these names, at most `MOST_NAMES`: null for one that does not exist any more. A name whose answer says
   * neither is absent.
   */
  people(names: readonly string[]): Promise<ReadonlyMap<string, unknown>>
}

/** Google's limit for `pageSize`. */
const PAGE_SIZE = 1_000
/** Google's limit for `people:batchGet`. */
export const MOST_NAMES = 200

/**
 * The parameters that every request of a list must repeat (People API, `people.connections.list`). Profiles of other Google users
 * are not asked for.
 */
const shape = {
  personFields: personFields.join(','),
  sources: 'READ_SOURCE_TYPE_CONTACT',
  pageSize: String(PAGE_SIZE),
  requestSyncToken: 'true',
} as const

/** Identifies `shape`: a token that was issued for another one is of no use. */
export const SHAPE = Object.values(shape).join(' ')

export const peopleClient = (connection: PeopleConnection): PeopleClient => {
  const { service, fetch, signal, ...retries } = connection
  const sent = transport({ service, fetch, limits: retries.limits })
  const chain = authentication(retry(sent, retries), untilAccessEnds(connection.tokens))
  const base = `${service.href.replace(/\/+$/, '')}/v1`

  const get = async (path: string, query: URLSearchParams, hasToken: boolean): Promise<JsonFields> => {
    const request = `${base}/${path}?${query.toString()}`
    const context: Context = {
      request,
      options: { method: 'GET', headers: { Accept: 'application/json' }, signal },
    }
    await chain.execute(context)
    const { response } = context
    if (response === undefined) throw new TypeError('No middleware answered')
    const body: unknown = await response.json()
    if (!response.ok) throw googleFailure(response, body, { now: retries.timers.now(), hasToken })
    if (!isFields(body)) throw new ImportFailure('bad-answer', { status: response.status })
    return body
  }

  return {
    page: async ({ pageToken, syncToken }) => {
      const query = new URLSearchParams(shape)
      if (syncToken !== null) query.set('syncToken', syncToken)
      if (pageToken !== null) query.set('pageToken', pageToken)
      const body = await get('people/me/connections', query, pageToken !== null || syncToken !== null)
      const { connections = [] } = body
      if (!Array.isArray(connections)) throw new ImportFailure('bad-answer', { status: 200 })
      return {
        people: connections,
        nextPageToken: textOf(body['nextPageToken']),
        nextSyncToken: textOf(body['nextSyncToken']),
        total: [body['totalItems'], body['totalPeople']].find(isCount) ?? null,
      }
    },

    people: async (names) => {
      const query = new URLSearchParams({ personFields: shape.personFields, sources: shape.sources })
      for (const name of names) query.append('resourceNames', name)
      const { responses = [] } = await get('people:batchGet', query, false)
      const found = new Map<string, unknown>()
      for (const each of Array.isArray(responses) ? (responses as readonly unknown[]) : []) {
        const name = isFields(each) ? textOf(each['requestedResourceName']) : null
        if (!isFields(each) || name === null) continue
        if (isFields(each['person'])) found.set(name, each['person'])
        else if (isNotFound(each)) found.set(name, null)
      }
      return found
    },
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

/** The status of an answer in a batch: 404, or NOT_FOUND of google.rpc.Code. */
const isNotFound = ({ httpStatusCode, status }: JsonFields): boolean =>
  httpStatusCode === 404 || (isFields(status) && status['code'] === 5)
