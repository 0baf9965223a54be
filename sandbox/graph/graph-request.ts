import type { Lies } from '../faults/lies.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { Person } from '../people.ts'
import type { SandboxSettings } from '../settings.ts'

/** An authenticated request to Graph, single or part of a batch. */
export interface GraphRequest {
  readonly method: string
  /** `http://localhost:PORT/v1.0`: the beginning of links. */
  readonly baseUrl: string
  /** Below /v1.0, percent-decoded. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly prefer: Preferences
  readonly person: Person
  readonly scopes: ReadonlySet<string>
  readonly mailbox: Mailbox | null
  readonly deltaLatest: SandboxSettings['deltaLatest']
  readonly lies: Lies
}

export interface Preferences {
  readonly immutableIds: boolean
  readonly maxPageSize: number | null
}

/** Reads `Prefer` (RFC 7240): preferences are separated by commas, names are case-insensitive. */
export const readPreferences = (header: string | undefined): Preferences => {
  const preferences = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')]
    }),
  )
  const size = Number(preferences.get('odata.maxpagesize'))
  return {
    immutableIds: preferences.get('idtype')?.toLowerCase() === 'immutableid',
    maxPageSize: Number.isInteger(size) && size > 0 ? size : null,
  }
}
