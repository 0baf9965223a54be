import type { PendingCheckpoint } from '../domain/checkpoint.ts'
import type { Contact, ContactFolder, SkippedContact } from '../domain/contact.ts'
import type { Fact, Unreadable } from '../domain/events.ts'
import type { Account, Json } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'

/** The current list, and the changes recorded since it was last written as a whole. */
export interface StandingList {
  readonly contacts: ReadonlyMap<string, Contact>
  readonly beyond: ReadonlyMap<string, Contact>
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  readonly cursor: Json
  readonly folders: readonly ContactFolder[]
  /** Contacts of an attempt under way or a held removal. */
  readonly staged: unknown
  readonly unreadable?: Unreadable
  /** Number of contacts in those changes. */
  readonly changed: number
  /** The last page of a checkpoint, while it can still be continued. */
  readonly pending: PendingCheckpoint | null
}

/** A checkpoint is due once the changes outgrow this share of the list. */
export const CHECKPOINT_ABOVE = 0.5

/** Contacts on one page. Writing a full list in one page would block the queue for a quarter of a second. */
export const CHECKPOINT_PAGE = 500

/** The next page of a checkpoint, or null if none is due. Pure. */
export const decideCheckpoint = (source: Source, list: StandingList): Fact | null => {
  const { contacts, beyond, skipped, account, cursor, folders, pending } = list
  const isDue = list.changed > (contacts.size + beyond.size + skipped.length) * CHECKPOINT_ABOVE
  if (!isDue || list.staged !== null || list.unreadable) return null
  const of = Math.max(1, Math.ceil(Math.max(contacts.size + beyond.size, skipped.length) / CHECKPOINT_PAGE))
  const page = (pending?.page ?? 0) + 1
  const pageOf = <T>(all: readonly T[]) => all.slice((page - 1) * CHECKPOINT_PAGE, page * CHECKPOINT_PAGE)
  const paged = pageOf([...contacts.values(), ...beyond.values()])
  return {
    type: 'list.checkpointed',
    stream: source,
    attempt: null,
    data: { page, of, contacts: paged.length },
    payload: { contacts: paged, skipped: pageOf(skipped), account, cursor, folders },
  }
}
