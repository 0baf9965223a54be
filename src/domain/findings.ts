/** Everything that can be found wrong with a store. A closed union: each has a sentence and a next step in `messages`. */
export const findingCodes = [
  'store-missing',
  'store-foreign',
  'store-unreadable',
  'store-newer',
  'file-damaged',
  'events-damaged',
  'list-damaged',
  'list-only-saved',
  'payloads-damaged',
  'saved-view-damaged',
  'erasure-unfinished',
  'attempt-abandoned',
  'tokens-without-account',
  'leftover-files',
  'permissions-wide',
] as const

export type FindingCode = (typeof findingCodes)[number]

/** What an examination found. No personal data. */
export interface Finding {
  readonly code: FindingCode
  /** How many things are so, where that can be counted. */
  readonly count?: number
  /** The names of the files that it is about. */
  readonly files?: readonly string[]
}
