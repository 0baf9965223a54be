/** Problems that an examination can find in a store. A closed union: `messages` has a sentence and a next step for each. */
export const findingCodes = [
  'store-missing',
  'store-foreign',
  'store-unreadable',
  'store-newer',
  'store-linked',
  'store-untrusted',
  'file-damaged',
  'events-damaged',
  'list-damaged',
  'list-only-saved',
  'list-locked',
  'list-key-lost',
  'payloads-damaged',
  'saved-view-damaged',
  'list-may-be-older',
  'erasure-unfinished',
  'attempt-abandoned',
  'tokens-without-account',
  'leftover-files',
  'permissions-wide',
  'permissions-narrowed',
  'owned-by-another',
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

/** What a person should know about an account, although nothing failed. A closed union, as above. */
export const noticeCodes = ['list-may-be-older', 'sign-in-not-kept'] as const

/** One of `noticeCodes`. */
export type NoticeCode = (typeof noticeCodes)[number]
