import type { Fault } from '../../sandbox/index.ts'

/**
 * Every kind of fault, with its required fields (`sandbox/faults/fault.ts` explains them). The sandbox is not part of the
 * published package, so the help cannot read its schema. The compiler finds kinds that are missing here or do not exist.
 */
const kinds: Readonly<Record<Fault['kind'], object>> = {
  status: { status: 503 },
  reset: {},
  truncate: {},
  'error-inside': {},
  silent: {},
  drip: { everyMs: 1000 },
  'captive-portal': {},
  loop: {},
  'foreign-link': { origin: 'https://example.test' },
  'empty-page': {},
  'repeat-items': { items: 3 },
  count: { value: 7 },
  malformed: { how: 'no-id' },
  'token-expired': {},
  'claims-challenge': {},
  'delta-lost': {},
  'bad-batch': { how: 'missing' },
  'bad-photo': { how: 'huge' },
  'removed-only': {},
  'partial-items': {},
  'false-removal': {},
  'removed-as-changed': {},
  'omit-folder': {},
  'large-page': { most: 100, status: 504 },
  huge: { megabytes: 500 },
  'google-error': { name: 'rate-limit' },
  'endless-new': {},
}

export const faultKinds = Object.keys(kinds) as readonly Fault['kind'][]

/** A fault of this kind as typed on the command line. */
export const exampleOf = (kind: Fault['kind']): string => JSON.stringify({ kind, ...kinds[kind] })

export const isFaultKind = (text: string): text is Fault['kind'] => Object.hasOwn(kinds, text)
