import { continuesCheckpoint, type PendingCheckpoint } from '../domain/checkpoint.ts'
import type { Contact, ContactFolder, SkippedContact } from '../domain/contact.ts'
import type { EventOf, RecordedEvent, Unreadable } from '../domain/events.ts'
import { applyChanges, type KnownMailbox } from '../domain/apply-changes.ts'
import { freezeContacts } from '../domain/freeze-contacts.ts'
import { CONTACT_LIMIT, splitAtLimit } from '../domain/limit.ts'
import type { Account, Json } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'
import { withIdentity, type IdentityStatement } from './people/identities.ts'

/** The contacts that an attempt has fetched so far. They have no effect until the attempt is completed. */
export interface StagedList {
  readonly attempt: string
  /** Null until the first page or change: changes without pages build on the current list. */
  readonly contacts: ReadonlyMap<string, Contact> | null
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  /** Where to continue after the last page. */
  readonly resumeFrom: Json
  readonly lastPageAt: string | null
  /** Lets a refresh ask for changes only, once this is the current list. */
  readonly cursor: Json
  /** The folders of the list, once it is complete. */
  readonly folders: readonly ContactFolder[]
  /** Why a part cannot be read. Later parts are not folded, and the attempt cannot be resumed. */
  readonly unreadable?: Unreadable
}

/** The list of one source and its account. */
export interface ContactList {
  /** On the device. */
  readonly contacts: ReadonlyMap<string, Contact>
  /** At the source but beyond the limit. Not shown; needed when changes make room or push contacts out. */
  readonly beyond: ReadonlyMap<string, Contact>
  /** Contacts at the source that could not be read. */
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  /** Lets the next refresh ask for changes only. */
  readonly cursor: Json
  /** The folders of the source. Empty if it has none, or if an earlier version recorded the list. */
  readonly folders: readonly ContactFolder[]
  /** What the person said of contacts of this source, oldest first. Absent: nothing. */
  readonly identities?: readonly IdentityStatement[]
  readonly staged: StagedList | null
  /** The pages written so far of an unfinished checkpoint. */
  readonly pending: PendingList | null
  /** Why a part cannot be read, so that the list is not shown. The next complete listing repairs it. */
  readonly unreadable?: Unreadable
}

export interface PendingList extends PendingCheckpoint {
  readonly contacts: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
  readonly unreadable?: Unreadable
}

export type ContactLists = Readonly<Partial<Record<Source, ContactList>>>

export const noContactLists: ContactLists = {}

export const emptyList: ContactList = {
  contacts: new Map(),
  beyond: new Map(),
  skipped: [],
  account: null,
  cursor: null,
  folders: [],
  staged: null,
  pending: null,
}

const nothingStaged = {
  contacts: null,
  skipped: [],
  account: null,
  resumeFrom: null,
  lastPageAt: null,
  cursor: null,
  folders: [],
}

type FoldContactLists = (lists: ContactLists, event: RecordedEvent) => ContactLists

/** A fold with a different limit: property tests need a small one. */
export const contactListsWithin =
  (limit?: number): FoldContactLists =>
  (lists, event) => {
    const list = foldList(lists[event.stream] ?? emptyList, event, limit)
    return list === lists[event.stream] ? lists : { ...lists, [event.stream]: list }
  }

/**
 * Folds one event.
 *
 * Mutates one part: the contacts of an attempt are collected in a Map that grows from page to page, because copying
 * it for each page would take time quadratic in the number of pages. So `staged.contacts` of an earlier result
 * changes with later folds; everything else is immutable. Contacts are frozen on arrival, because shells get the
 * same objects.
 */
export const foldContactLists: FoldContactLists = contactListsWithin()

/** Everything known about the mailbox, including what the attempt has fetched so far. */
export const knownMailbox = (list: ContactList, staged: StagedList | null = list.staged): KnownMailbox =>
  staged?.contacts
    ? { contacts: staged.contacts, skipped: staged.skipped }
    : { contacts: wholeOf(list), skipped: list.skipped }

const foldList = (standing: ContactList, event: RecordedEvent, limit: number | undefined): ContactList => {
  if (event.type === 'report.ignored') return standing
  if (event.type === 'identity.decided') return { ...standing, ...withIdentity(standing.identities, event) }
  if (event.type === 'list.checkpointed') return checkpointed(standing, event, limit)
  // Any other event ends the checkpoint, because it may change the list.
  const list = standing.pending ? { ...standing, pending: null } : standing
  const { staged } = list
  switch (event.type) {
    case 'attempt.requested':
      return { ...list, staged: event.attempt === null ? null : { ...nothingStaged, attempt: event.attempt } }
    case 'account.signed-out':
      return emptyList
    case 'attempt.failed':
    case 'attempt.cancelled':
      return { ...list, staged: null }
    case 'consent.granted':
      return staged ? { ...list, staged: { ...staged, account: event.payload?.account ?? null } } : list
    case 'contacts.counted': {
      if (!staged) return list
      const { attempt, account } = staged
      // A complete listing begins. It voids the pages of an interrupted one, and may find no contacts.
      return { ...list, staged: { ...nothingStaged, contacts: growing(), attempt, account } }
    }
    case 'page.fetched': {
      const { payload, time } = event
      if (!staged || staged.unreadable) return list
      if (event.unreadable) return withGap(list, staged, event.unreadable)
      if (!payload) return list
      const before = { contacts: staged.contacts ?? growing(), skipped: staged.skipped }
      const { skipped, cursor } = payload
      const upserted = freezeContacts(payload.contacts)
      const known = applyChanges(before, { removed: [], upserted, skipped })
      return { ...list, staged: withPage(staged, known, cursor, time) }
    }
    case 'changes.fetched': {
      const { payload, time } = event
      if (!staged || staged.unreadable) return list
      const unreadable = event.unreadable ?? (staged.contacts ? undefined : list.unreadable)
      if (unreadable) return withGap(list, staged, unreadable)
      if (!payload) return list
      const { contacts, skipped } = knownMailbox(list)
      freezeContacts(payload.upserted)
      const known = applyChanges({ contacts: staged.contacts ?? growing(contacts), skipped }, payload)
      return { ...list, staged: withPage(staged, known, payload.cursor, time) }
    }
    case 'attempt.completed':
      return staged ? swap(list, ended(staged, event), limit) : list
    case 'removal.held':
      return staged ? { ...list, staged: ended(staged, event) } : list
    case 'removal.approved':
      return staged ? swap(list, staged, limit) : list
  }
}

const ended = (
  staged: StagedList,
  { payload }: EventOf<'attempt.completed' | 'removal.held'>,
): StagedList => ({ ...staged, cursor: payload?.cursor ?? null, folders: payload?.folders ?? [] })

const withGap = (list: ContactList, staged: StagedList, unreadable: Unreadable): ContactList => ({
  ...list,
  staged: { ...staged, unreadable, resumeFrom: null, lastPageAt: null },
})

const growing = (contacts?: ReadonlyMap<string, Contact>): ReadonlyMap<string, Contact> => new Map(contacts)

const withPage = (
  staged: StagedList,
  { contacts, skipped }: KnownMailbox,
  cursor: Json,
  time: string,
): StagedList => ({ ...staged, contacts, skipped, resumeFrom: cursor, lastPageAt: time })

const swap = (list: ContactList, staged: StagedList, limit: number | undefined): ContactList => ({
  // A list stays unreadable if nothing was staged.
  ...(staged.contacts ? fitting(staged.contacts, limit) : list),
  skipped: knownMailbox(list, staged).skipped,
  account: staged.account ?? list.account,
  cursor: staged.cursor,
  folders: staged.folders,
  ...(list.identities && { identities: list.identities }),
  staged: null,
  pending: null,
  ...(staged.unreadable && { unreadable: staged.unreadable }),
})

/** Together, the pages of a checkpoint repeat the current list, so that its earlier payloads may be dropped. */
const checkpointed = (
  list: ContactList,
  { data, payload, unreadable }: EventOf<'list.checkpointed'>,
  limit: number | undefined,
): ContactList => {
  if (!continuesCheckpoint(list.pending, data)) return { ...list, pending: null }
  const before = data.page === 1 ? null : list.pending
  const gap = before?.unreadable ?? unreadable
  const pending: PendingList = {
    page: data.page,
    of: data.of,
    contacts: [...(before?.contacts ?? []), ...freezeContacts(payload?.contacts ?? [])],
    skipped: [...(before?.skipped ?? []), ...(payload?.skipped ?? [])],
    ...(gap && { unreadable: gap }),
  }
  if (data.page < data.of) return { ...list, pending }
  if (pending.unreadable) return { ...list, pending: null, unreadable: pending.unreadable }
  // The payload was dropped: a newer checkpoint or listing replaced it.
  if (!payload) return { ...list, pending: null }
  const { unreadable: _, ...whole } = list
  return {
    ...whole,
    ...(isSame(list, pending) ? {} : divided(pending.contacts, limit)),
    skipped: pending.skipped,
    account: payload.account,
    cursor: payload.cursor,
    folders: payload.folders ?? [],
    pending: null,
  }
}

/** A book writes a checkpoint from the contacts that it shows, so its views need no update. */
const isSame = (list: ContactList, { contacts }: PendingList): boolean =>
  !list.unreadable &&
  contacts.length === list.contacts.size + list.beyond.size &&
  contacts.every((contact) => (list.contacts.get(contact.id) ?? list.beyond.get(contact.id)) === contact)

/** Keeps the Map if all contacts fit, so that an unchanged list is not sorted or saved again. */
const fitting = (contacts: ReadonlyMap<string, Contact>, limit: number = CONTACT_LIMIT) =>
  contacts.size <= limit ? { contacts, beyond: emptyList.beyond } : divided(contacts.values(), limit)

const divided = (contacts: Iterable<Contact>, limit: number | undefined) => {
  const { within, beyond } = splitAtLimit(contacts, limit)
  return { contacts: byId(within), beyond: byId(beyond) }
}

const wholeOf = ({ contacts, beyond }: ContactList): ReadonlyMap<string, Contact> =>
  beyond.size === 0 ? contacts : new Map([...contacts, ...beyond])

const byId = (contacts: readonly Contact[]): ReadonlyMap<string, Contact> =>
  new Map(contacts.map((contact) => [contact.id, contact]))
