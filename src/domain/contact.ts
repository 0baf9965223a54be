import type { Source } from './source.ts'

/**
 * A contact as its source gave it, in words that no single source owns (the shape leans on JSContact,
 * RFC 9553). Every value keeps the source's own spelling: numbers are normalised by projections only,
 * because the right normal form depends on a country setting that may change. What is unset is absent.
 */
export interface Contact {
  /** The source's id; for Microsoft the immutable id, which survives a move between folders. */
  readonly id: string
  readonly source: Source
  /** The source's id of the folder that holds the contact. */
  readonly folder?: string
  /** The source's version of this contact (change key, etag): equal versions mean equal content. */
  readonly version?: string
  /** When the source last saw a change, ISO 8601 in UTC. It decides which contacts fit in the limit. */
  readonly modified?: string
  readonly name: ContactName
  readonly nickname?: string
  readonly organization?: Organization
  readonly phones: readonly Phone[]
  readonly emails: readonly Email[]
  readonly addresses: readonly Address[]
  /** Addresses of instant messengers, free text. */
  readonly ims: readonly string[]
  readonly birthday?: Birthday
  readonly note?: string
  readonly categories: readonly string[]
  readonly url?: string
}

export interface ContactName {
  /** The name as the source displays it. */
  readonly full?: string
  readonly given?: string
  readonly middle?: string
  readonly family?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly phoneticGiven?: string
  readonly phoneticFamily?: string
  /** The name the source sorts and files the contact by. */
  readonly fileAs?: string
}

export interface Organization {
  readonly name?: string
  readonly phoneticName?: string
  readonly department?: string
  readonly title?: string
  readonly office?: string
  readonly profession?: string
  readonly manager?: string
}

export type PointKind = 'work' | 'home' | 'mobile' | 'other'

export interface Phone {
  readonly value: string
  readonly kind: PointKind
}

export interface Email {
  readonly address: string
  /** The name beside the address, where it says more than the address. */
  readonly name?: string
}

export interface Address {
  readonly kind: PointKind
  readonly street?: string
  readonly city?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
}

/** A calendar date without a time zone; the year may be unknown. */
export interface Birthday {
  readonly year?: number
  readonly month: number
  readonly day: number
}

/** Why one contact of a source was not taken. The import goes on; skips are counted and shown. */
export const skipReasons = ['not-an-object', 'no-id', 'malformed-field', 'error-in-place'] as const

export type SkipReason = (typeof skipReasons)[number]

export interface SkippedContact {
  readonly reason: SkipReason
  /** The source's id, where it could be read. */
  readonly id?: string
  /** The source's id of the folder that holds it, where it could be read. */
  readonly folder?: string
  /** The field at fault, in the source's own word for it. Never its value. */
  readonly field?: string
}

/**
 * A contact that is no longer where it was. Graph reports a move as gone from the one folder and there in the
 * other, in any order, so that the folder matters: what is recorded in another one has only moved.
 */
export interface Removal {
  readonly id: string
  /** The folder that it is gone from; absent: from the source. */
  readonly folder?: string
}
