import type { Fault, FaultOf } from '../faults/fault.ts'
import { substitute } from '../faults/faulty-answer.ts'
import type { Answer } from '../graph/answer.ts'
import { googleErrorOf } from './google-error.ts'
import type { AnsweredPage, ConnectionsPage } from './people/connections.ts'

/** The faults that a response of the People API can have. */
export const peopleFaults: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>([
  'status',
  'google-error',
  'reset',
  'truncate',
  'silent',
  'drip',
  'captive-portal',
  'huge',
  'loop',
  'empty-page',
  'repeat-items',
  'malformed',
  'token-expired',
])

/** The faults that the sign-in pages and the token endpoint can have. */
export const signInFaults: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>([
  'status',
  'google-error',
  'silent',
  'reset',
  'captive-portal',
  'huge',
])

/** The response that replaces a good one of Google; null if the fault only damages the good one. */
export const googleSubstitute = (fault: Fault): Answer | null => {
  if (fault.kind === 'token-expired') return googleErrorOf(401)
  return substitute(fault.kind === 'status' ? { ...fault, body: fault.body ?? 'google' } : fault)
}

/** Damages a page. What the fault cannot damage stays unchanged. */
export const damagePage = ({ page, again }: AnsweredPage, fault: Fault): ConnectionsPage => {
  const { connections = [], nextSyncToken: _, ...open } = page
  switch (fault.kind) {
    case 'loop':
      return { ...open, connections, nextPageToken: again() }
    case 'empty-page':
      return withoutConnections({ ...open, nextPageToken: again() })
    case 'repeat-items':
      return { ...page, connections: [...connections, ...connections.slice(0, fault.items)] }
    case 'malformed':
      return {
        ...page,
        connections: connections.map((person, index) =>
          index === (fault.at ?? 0) ? malformed(person as object, fault.how) : person,
        ),
      }
    default:
      return page
  }
}

const withoutConnections = ({ connections: _, ...rest }: ConnectionsPage): ConnectionsPage => rest

const malformed = (person: object, how: FaultOf<'malformed'>['how']): unknown => {
  switch (how) {
    case 'no-id':
      return { ...person, resourceName: undefined }
    case 'not-an-object':
      return 'person'
    case 'wrong-type':
      return { ...person, names: 42 }
    case 'error-in-place':
      return JSON.parse(googleErrorOf(500).content)
    case 'surrogate-id':
      return { ...person, resourceName: 'people/A\ud800' }
    case 'dot-id':
      return { ...person, resourceName: 'people/..' }
  }
}
