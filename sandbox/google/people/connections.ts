import { randomBytes } from 'node:crypto'
import type { SandboxSettings } from '../../settings.ts'
import type { GoogleContacts } from '../contacts/google-contacts.ts'
import type { StoredPerson } from '../contacts/google-person.ts'
import { GoogleError, invalidArgument, recordedError } from '../google-error.ts'
import type { ListRequest } from './list-request.ts'
import { personJson } from './person-json.ts'
import { readSyncToken, syncToken, type SyncState } from './sync-token.ts'

/** A response of `people.connections.list`, in the order of its members. */
export interface ConnectionsPage {
  /** Absent if there are none. */
  readonly connections?: readonly unknown[]
  readonly nextPageToken?: string
  readonly nextSyncToken?: string
  readonly totalPeople?: number
  readonly totalItems?: number
}

export interface AnsweredPage {
  readonly page: ConnectionsPage
  /** A page token that leads to this page. */
  readonly again: () => string
}

/** A list as it was when its first page was asked for. Later changes come with the next sync. */
interface Listing {
  readonly contacts: GoogleContacts
  readonly people: readonly StoredPerson[]
  readonly isSync: boolean
  readonly totals: { readonly totalPeople?: number; readonly totalItems?: number }
  /** What the device knows after the last page. */
  readonly after: SyncState
  /** All parameters of its first request but the page token. */
  readonly shape: string
}

interface Progress {
  readonly listing: Listing
  readonly offset: number
}

type ListSettings = Pick<SandboxSettings, 'googleSyncTokenLifetime' | 'googleExpiredSyncToken'>

/** Page tokens that are kept: a token of an older page is refused. */
const MOST_TOKENS = 1000

/** Plays `people.connections.list` for all accounts. */
export class Connections {
  readonly #progress = new Map<string, Progress>()

  /** Throws `GoogleError` for everything that Google refuses. */
  page(contacts: GoogleContacts, request: ListRequest, settings: ListSettings): AnsweredPage {
    const progress =
      request.pageToken === null
        ? { listing: listingOf(contacts, request, settings), offset: 0 }
        : this.#continued(contacts, request, request.pageToken)
    const page = this.#pageAt(progress, request)
    return { page, again: () => request.pageToken ?? this.#keep(progress) }
  }

  #pageAt({ listing, offset }: Progress, request: ListRequest): ConnectionsPage {
    const { people, isSync, after, totals } = listing
    const end = offset + request.pageSize
    const view = { fields: request.fields, withProfiles: request.withProfiles, isSync }
    const connections = people.slice(offset, end).map((person) => personJson(person, view))
    return {
      ...(connections.length > 0 && { connections }),
      ...(end < people.length && { nextPageToken: this.#keep({ listing, offset: end }) }),
      ...(end >= people.length && request.requestSyncToken && { nextSyncToken: syncToken(after) }),
      ...totals,
    }
  }

  #continued(contacts: GoogleContacts, request: ListRequest, pageToken: string): Progress {
    const progress = this.#progress.get(pageToken)
    const isSame = progress?.listing.contacts === contacts && progress.listing.shape === shapeOf(request)
    if (!isSame) throw new GoogleError(invalidArgument())
    return progress
  }

  #keep(progress: Progress): string {
    const [oldest] = this.#progress.keys()
    if (this.#progress.size >= MOST_TOKENS && oldest !== undefined) this.#progress.delete(oldest)
    const token = `GgEA${randomBytes(24).toString('base64url')}`
    this.#progress.set(token, progress)
    return token
  }
}

const shapeOf = ({ shape, syncToken: token }: ListRequest): string => JSON.stringify([shape, token])

const listingOf = (contacts: GoogleContacts, request: ListRequest, settings: ListSettings): Listing => {
  const state =
    request.syncToken === null ? null : checkedState(contacts, request, request.syncToken, settings)
  const total = contacts.all().length
  const after = {
    generation: contacts.generation,
    since: contacts.position,
    full: state?.full ?? Date.now(),
    shape: request.shape,
  }
  return {
    contacts,
    people: state === null ? contacts.all() : contacts.changedSince(state.since),
    isSync: state !== null,
    // As recorded: a sync has no `totalPeople`, and an empty list no totals.
    totals: total === 0 ? {} : { ...(state === null && { totalPeople: total }), totalItems: total },
    after,
    shape: shapeOf(request),
  }
}

const checkedState = (
  contacts: GoogleContacts,
  { shape }: ListRequest,
  token: string,
  { googleSyncTokenLifetime, googleExpiredSyncToken }: ListSettings,
): SyncState => {
  const state = readSyncToken(token)
  if (state?.shape !== shape) throw new GoogleError(invalidArgument())
  const isExpired = state.full + googleSyncTokenLifetime * 1000 <= Date.now()
  const isOfThese = state.generation === contacts.generation && state.since <= contacts.position
  if (isExpired || !isOfThese)
    throw new GoogleError(recordedError(`expired-sync-token-${googleExpiredSyncToken}`))
  return state
}
