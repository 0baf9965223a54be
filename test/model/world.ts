import type { ContactBook } from '../../src/index.ts'

/** The contents of a listing, chosen by the later steps of a path so that the rules lead to them. */
export type Mailbox = 'few' | 'full' | 'beyond-limit' | 'left' | 'others'

/** The person, the service and the device around a real book, controlled by the steps of a path. */
export interface World {
  readonly book: ContactBook
  /** The person agrees on the sign-in page. */
  grant(): Promise<void>
  /** The person declines. */
  decline(): Promise<void>
  /** The service announces its number of contacts. */
  count(mailbox: Mailbox): Promise<void>
  /** The service gives all of its contacts. */
  page(mailbox: Mailbox): Promise<void>
  /** The service gives one changed contact. */
  change(): Promise<void>
  /** The service ends the listing. */
  finish(): Promise<void>
  /** The service refuses. */
  refuse(): Promise<void>
  /** Another process opens the same device, and starts nothing. */
  reopen(): Promise<ContactBook>
  close(): Promise<void>
}
