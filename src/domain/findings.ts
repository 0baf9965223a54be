/** What an examination can find wrong with a store. A closed union: `messages` has a sentence and a next step for each. */
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

/** One of `findingCodes`. */
export type FindingCode = (typeof findingCodes)[number]

/** One result of an examination. Contains no personal data. */
export interface Finding {
  readonly code: FindingCode
  /** The number of things affected, if countable. */
  readonly count?: number
  /** Names of the affected files. */
  readonly files?: readonly string[]
}
