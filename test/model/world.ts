import type { ContactBook } from '../../src/index.ts'
import type { PathActions } from '../../src/testing/walk-path.ts'

/** The person, the service and the device around a real book, controlled by the steps of a path. */
export interface World extends Omit<PathActions, 'command'> {
  readonly book: ContactBook
  /** Another process opens the same device, and starts nothing. */
  reopen(): Promise<ContactBook>
  close(): Promise<void>
}
