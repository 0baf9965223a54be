import type { ContactKey } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'

/** Where a text was found. `name` is the displayed name, or a part of the name that the displayed one lacks. */
export type MatchedField =
  'name' | 'phoneticName' | 'nickname' | 'organization' | 'phoneticOrganization' | 'email' | 'phone'

/** From a start to an end, in UTF-16 code units of a text. The end is exclusive. */
export type TextRange = readonly [start: number, end: number]

/** More matches and ranges show a person nothing new, and a hostile contact would have millions. */
export const MOST_MATCHES = 10
export const MOST_RANGES = 20

/** A text of a contact that has some of what was searched. */
export interface Match {
  readonly field: MatchedField
  /** As the source spells it. An e-mail match has the address, or the name given with it. */
  readonly text: string
  /** In order, without overlaps, at most `MOST_RANGES`. Each has whole characters: all of `ß` where only its first `s` was typed. */
  readonly ranges: readonly TextRange[]
}

/** A contact that was found. */
export interface Hit {
  readonly key: ContactKey
  readonly source: Source
  /** Best first. Never empty. At most `MOST_MATCHES`, or one for each word that was typed if these are more. */
  readonly matches: readonly Match[]
}
