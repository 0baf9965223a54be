import type { ContactBook } from '../../src/index.ts'

/** What a listing shows, so that the rules come to what the path says: known from the path's further steps. */
export type Mailbox = 'few' | 'full' | 'beyond-limit' | 'left' | 'others'

/** The person, the service and the device around a real book, made to do what a path says. */
export interface World {
  readonly book: ContactBook
  /** The person agrees on the sign-in page. */
  grant(): Promise<void>
  /** The person declines. */
  decline(): Promise<void>
  /** The service tells how many contacts there are. */
  count(mailbox: Mailbox): Promise<void>
  /** The service gives all of its contacts. */
  page(mailbox: Mailbox): Promise<void>
  /** The service gives one changed contact. */
  change(): Promise<void>
  /** The service says that this was all. */
  finish(): Promise<void>
  /** The service refuses. */
  refuse(): Promise<void>
  /** Another process opens the same device, and starts nothing. */
  reopen(): Promise<ContactBook>
  close(): Promise<void>
}
