import type { PhoneKind } from '../../domain/contact.ts'

/** A value of a contact that has a label of its own on the card. */
export type CardField =
  | 'organization'
  | 'phoneticOrganization'
  | 'title'
  | 'department'
  | 'office'
  | 'profession'
  | 'manager'
  | 'assistant'
  | 'birthday'
  | 'anniversary'
  | 'spouse'
  | 'children'
  | 'url'
  | 'personalUrl'
  | 'prefix'
  | 'given'
  | 'middle'
  | 'family'
  | 'suffix'
  | 'initials'
  | 'phoneticName'
  | 'nickname'
  | 'fileAs'
  | 'folder'
  | 'categories'
  | 'created'
  | 'modified'

/** A group of values on the card. */
export type CardSection =
  'phones' | 'emails' | 'ims' | 'addresses' | 'work' | 'personal' | 'note' | 'name' | 'entry'

/** The words of `<contact-card>`. */
export interface CardLabels {
  readonly sections: Readonly<Record<CardSection, string>>
  readonly fields: Readonly<Record<CardField, string>>
  /** What a number or an address is for. */
  readonly kinds: Readonly<Record<PhoneKind, string>>
  /** An instant-messaging address. */
  readonly im: string
  readonly sip: string
  /** Behind the label of the number or address that the source says is the one to use. */
  readonly preferred: string
  /** Behind the label of a number: the extension that is part of it. */
  readonly extension: (digits: string) => string
  readonly email: string
  /** The name that is given with an e-mail address. */
  readonly emailName: string
  /** An internal name of Exchange, which people cannot use. */
  readonly internalAddress: string
  readonly copy: (label: string) => string
  readonly copied: (label: string) => string
  readonly copyFailed: string
  readonly edit: string
  /** That the link leads to another site, in a new tab. */
  readonly editHint: string
  readonly gone: string
  /** Begins the list of the fields that could not be read as a whole. */
  readonly incomplete: string
  readonly malformed: (field: string) => string
  readonly cut: (field: string) => string
  readonly unavailable: string
}
