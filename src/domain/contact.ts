import type { Source } from './source.ts'

/**
 * A contact's own key: opaque, and different in each store. It stays the same through refreshes, restarts, complete
 * listings and moves between folders, so a call log, a favourite or a link may hold it.
 */
export type ContactKey = string

/** A contact on this device. */
export interface Contact extends SourceContact {
  readonly key: ContactKey
}

/**
 * A contact as its source returned it, in a shape that is independent of the source (modelled on JSContact, RFC
 * 9553). Values keep the source's spelling; only projections normalise numbers, because the right form depends on a
 * country setting that may change. Unset fields are absent.
 */
export interface SourceContact {
  /**
   * The source's id. For Microsoft, the immutable id, which survives a move between folders. For Google, the first resource
   * name under which the contact was seen.
   */
  readonly id: string
  /** Another id of the same contact at the source, which outlives a new name (Google: that of the source of type `CONTACT`). */
  readonly alias?: string
  readonly source: Source
  /** The source's id of the folder that holds the contact. */
  readonly folder?: string
  /** The source's version of this contact (change key, etag): equal versions mean equal content. */
  readonly version?: string
  /** Time of the last change at the source, ISO 8601 in UTC. Decides which contacts fit within the limit. */
  readonly modified?: string
  /** When the contact was created at the source, ISO 8601 in UTC. */
  readonly created?: string
  readonly name: ContactName
  readonly nickname?: string
  /** What other contacts of the same person are called. Only where several are shown as one: no source has this field. */
  readonly otherNames?: readonly string[]
  readonly organization?: Organization
  /** Where else the contact works. */
  readonly otherOrganizations?: readonly Organization[]
  readonly phones: readonly Phone[]
  readonly emails: readonly Email[]
  readonly addresses: readonly Address[]
  /** Instant-messaging addresses, free text. */
  readonly ims: readonly string[]
  /** SIP addresses (RFC 3261), with or without their scheme. */
  readonly sips?: readonly string[]
  readonly birthday?: PartialDate
  /** The wedding anniversary. */
  readonly anniversary?: PartialDate
  /** The name of the spouse or partner. */
  readonly spouse?: string
  /** The names of the children. */
  readonly children?: readonly string[]
  readonly note?: string
  readonly categories: readonly string[]
  /** The web page of the company or organization. */
  readonly url?: string
  readonly personalUrl?: string
  /** The fields that the source has and this contact lacks, in whole or in part. Absent if the contact is whole. */
  readonly incomplete?: readonly IncompleteField[]
}

/** A field that could not be read as a whole. Contains no value. */
export interface IncompleteField {
  /** The source's name for the field. */
  readonly field: string
  /** `malformed`: a value has the wrong form and is left out. `cut`: only the beginning of the text is known. */
  readonly reason: 'malformed' | 'cut'
}

/** The parts of a name, and the name as a whole. */
export interface ContactName {
  /** The name as the source displays it. */
  readonly full?: string
  readonly given?: string
  readonly middle?: string
  readonly family?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly initials?: string
  readonly phoneticGiven?: string
  readonly phoneticFamily?: string
  /** The name under which the source files the contact. */
  readonly fileAs?: string
}

/** Where the contact works and in which role. */
export interface Organization {
  readonly name?: string
  readonly phoneticName?: string
  readonly department?: string
  readonly title?: string
  readonly office?: string
  readonly profession?: string
  readonly manager?: string
  /** The name of the assistant. */
  readonly assistant?: string
}

/** What a number or an address is for. */
export type PointKind = 'work' | 'home' | 'mobile' | 'other'

/**
 * What a phone number is for. Any of them may be the number of an incoming call. `assistant` is the number of the
 * assistant, and `company` the main number of the company.
 */
export type PhoneKind = PointKind | 'fax' | 'pager' | 'assistant' | 'company'

/** A phone number, spelled as the source wrote it, with its extension (`phoneExtension` reads it). */
export interface Phone {
  readonly value: string
  readonly kind: PhoneKind
  /** Whose fax, pager or mobile phone it is, if the source says so. */
  readonly at?: 'work' | 'home'
  /** What the person calls this number, if that says more than its kind. */
  readonly label?: string
  /** Whether the source says that this number is the one to use. Only vCards say so. */
  readonly preferred?: true
}

/** An e-mail address, spelled as the source wrote it. Has an address, a name, or both. */
export interface Email {
  /** Absent if the source has only a name. */
  readonly address?: string
  /** The name given with the address, if it says more than the address itself. */
  readonly name?: string
  /**
   * `EX` if the address is not an SMTP address but an internal Exchange name of a colleague (`/o=ExchangeLabs/…`, or
   * encapsulated as `IMCEAEX-_O=…`). Outside Exchange it is useless, and people cannot read it. The term is from Exchange
   * (EWS, `RoutingType`).
   */
  readonly routingType?: 'EX'
  /** What it is for, if the source says so. */
  readonly kind?: PointKind
  /** What the person calls this address, if that says more than its kind. */
  readonly label?: string
  /** As of a phone number. */
  readonly preferred?: true
}

/** A postal address. */
export interface Address {
  readonly kind: PointKind
  /** What the person calls this address, if that says more than its kind. */
  readonly label?: string
  readonly street?: string
  readonly city?: string
  readonly region?: string
  readonly postalCode?: string
  readonly country?: string
}

/** A calendar date without a time zone. The year may be unknown. */
export interface PartialDate {
  readonly year?: number
  readonly month: number
  readonly day: number
}

/**
 * Why something at the source was skipped. The import continues; each skipped item is counted and shown. Only earlier
 * versions recorded `malformed-field`: they skipped a contact for one odd field, where today only the field is left out.
 */
export const skipReasons = [
  'not-an-object',
  'no-id',
  'malformed-field',
  'error-in-place',
  'unusable-id',
  'unreadable',
  'folder-unreadable',
  'too-many-folders',
  'file-unreadable',
  'file-unknown-columns',
] as const

/** One of `skipReasons`. */
export type SkipReason = (typeof skipReasons)[number]

/**
 * A contact, a folder or a file that could not be read. Contains none of its values. If the reason is `unreadable`,
 * `folder-unreadable` or `too-many-folders`, the device keeps the contacts that it already has.
 */
export interface SkippedContact {
  readonly reason: SkipReason
  /** The source's id of the contact, if readable. */
  readonly id?: string
  /** The source's id of the folder, or of the folder that holds the contact, if readable. */
  readonly folder?: string
  /** The name of the file, for people only. */
  readonly file?: string
}

/** A folder of contacts. */
export interface ContactFolder {
  /** The source's id, as contacts give it in `folder`. */
  readonly id: string
  /** The name that its owner sees. Null for the default folder, because the source does not report its name. */
  readonly name: string | null
}

/**
 * A contact that left a folder. Graph reports a move as a removal from one folder and an addition to another,
 * in any order, so the folder matters: a contact recorded in another folder has only moved.
 */
export interface Removal {
  readonly id: string
  /** The folder that it left. Absent: it left the source. */
  readonly folder?: string
}
