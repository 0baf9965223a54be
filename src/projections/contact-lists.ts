import { castDraft, produce } from 'immer'
import type { Draft } from 'immer'
import { continuesCheckpoint } from '../domain/checkpoint.ts'
import type { PendingCheckpoint } from '../domain/checkpoint.ts'
import type { Contact, SkippedContact } from '../domain/contact.ts'
import type { EventOf, RecordedEvent } from '../domain/events.ts'
import { applyChanges } from '../domain/apply-changes.ts'
import type { KnownMailbox } from '../domain/apply-changes.ts'
import { CONTACT_LIMIT, splitAtLimit } from '../domain/limit.ts'
import type { Account, Json } from '../domain/reports.ts'
import type { Source } from '../domain/source.ts'

/** What one attempt has brought so far. It counts for nothing until the attempt is completed. */
export interface StagedList {
  readonly attempt: string
  /** Null until the first page or change comes: changes alone build on the list that stands. */
  readonly contacts: ReadonlyMap<string, Contact> | null
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  /** Where to go on after the last page. */
  readonly resumeFrom: Json
  readonly lastPageAt: string | null
  /** Lets a refresh ask for changes only, once this list stands. */
  readonly cursor: Json
  /** The medium lost some of it. What else belongs to it is not folded, and there is no going on after it. */
  readonly isDamaged?: true
}

/** The list of one source, and whose it is. */
export interface ContactList {
  /** On the device. */
  readonly contacts: ReadonlyMap<string, Contact>
  /** At the source, and beyond the limit: shown nowhere, and needed where changes make room or push out. */
  readonly beyond: ReadonlyMap<string, Contact>
  /** What the source has and could not be taken. */
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  /** Lets the next refresh ask for changes only. */
  readonly cursor: Json
  readonly staged: StagedList | null
  /** Pages of a checkpoint that is not whole yet. */
  readonly pending: PendingList | null
  /** The medium lost some of it: not to be shown as if it were whole. The next complete listing makes up for it. */
  readonly isDamaged?: true
}

export interface PendingList extends PendingCheckpoint {
  readonly contacts: readonly Contact[]
  readonly skipped: readonly SkippedContact[]
  readonly isDamaged?: true
}

export type ContactLists = Readonly<Partial<Record<Source, ContactList>>>

export const noContactLists: ContactLists = {}

export const emptyList: ContactList = {
  contacts: new Map(),
  beyond: new Map(),
  skipped: [],
  account: null,
  cursor: null,
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
}

type FoldContactLists = (lists: ContactLists, event: RecordedEvent) => ContactLists

/** A fold with another limit than the product's, which properties need to be small. */
export const contactListsWithin =
  (limit?: number): FoldContactLists =>
  (lists, event) => {
    const list = foldList(lists[event.stream] ?? emptyList, event, limit)
    return list === lists[event.stream] ? lists : { ...lists, [event.stream]: list }
  }

/**
 * Folds one event. One draft per page: a draft per contact would take seconds for 10,000.
 *
 * What an attempt brings is gathered in one Map that belongs to it and grows from page to page, because a
 * copy for each page would make a listing cost the square of its pages. So `staged.contacts` of earlier
 * results is no memory of them; every other part is.
 */
export const foldContactLists: FoldContactLists = contactListsWithin()

/** Everything that is known of the mailbox, now that an attempt has brought what it has. */
export const knownMailbox = (list: ContactList, staged: StagedList | null = list.staged): KnownMailbox =>
  staged?.contacts
    ? { contacts: staged.contacts, skipped: staged.skipped }
    : { contacts: wholeOf(list), skipped: list.skipped }

const foldList = (standing: ContactList, event: RecordedEvent, limit: number | undefined): ContactList => {
  if (event.type === 'report.ignored') return standing
  if (event.type === 'list.checkpointed') return checkpointed(standing, event, limit)
  // A list that an attempt has begun to change is no longer the one that was being written.
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
    case 'contacts.counted':
      // A complete listing begins, perhaps anew: what an interrupted one brought is void. It may bring nothing.
      return staged
        ? {
            ...list,
            staged: {
              ...nothingStaged,
              contacts: growing(),
              attempt: staged.attempt,
              account: staged.account,
            },
          }
        : list
    case 'page.fetched': {
      const { payload, time } = event
      if (!staged || staged.isDamaged) return list
      if (event.isPayloadDamaged) return damaged(list, staged)
      if (!payload) return list
      const before = { contacts: staged.contacts ?? growing(), skipped: staged.skipped }
      const { contacts: upserted, skipped, cursor } = payload
      const known = applyChanges(before, { removed: [], upserted, skipped })
      return { ...list, staged: withPage(staged, known, cursor, time) }
    }
    case 'changes.fetched': {
      const { payload, time } = event
      if (!staged || staged.isDamaged) return list
      if (event.isPayloadDamaged || (list.isDamaged && !staged.contacts)) return damaged(list, staged)
      if (!payload) return list
      const { contacts, skipped } = knownMailbox(list)
      const known = applyChanges({ contacts: staged.contacts ?? growing(contacts), skipped }, payload)
      return { ...list, staged: withPage(staged, known, payload.cursor, time) }
    }
    case 'attempt.completed':
      return staged ? swap(list, { ...staged, cursor: event.payload?.cursor ?? null }, limit) : list
    case 'removal.held':
      return staged ? { ...list, staged: { ...staged, cursor: event.payload?.cursor ?? null } } : list
    case 'removal.approved':
      return staged ? swap(list, staged, limit) : list
  }
}

const damaged = (list: ContactList, staged: StagedList): ContactList => ({
  ...list,
  staged: { ...staged, isDamaged: true, resumeFrom: null, lastPageAt: null },
})

/** Frozen, so that Immer takes it as it is: going through 10,000 contacts for every page takes most of an import. */
const growing = (contacts?: ReadonlyMap<string, Contact>): ReadonlyMap<string, Contact> =>
  Object.freeze(new Map(contacts))

const withPage = (
  staged: StagedList,
  { contacts, skipped }: KnownMailbox,
  cursor: Json,
  time: string,
): StagedList =>
  produce(staged, (draft) => {
    draft.contacts = contacts as Draft<typeof contacts>
    draft.skipped = castDraft(skipped)
    draft.resumeFrom = castDraft(cursor)
    draft.lastPageAt = time
  })

const swap = (list: ContactList, staged: StagedList, limit: number | undefined): ContactList => ({
  ...(staged.contacts ? fitting(staged.contacts, limit) : list),
  skipped: knownMailbox(list, staged).skipped,
  account: staged.account ?? list.account,
  cursor: staged.cursor,
  staged: null,
  pending: null,
  ...((staged.isDamaged || (list.isDamaged && !staged.contacts)) && { isDamaged: true }),
})

/** The pages of a checkpoint say together what stands already, and what made it may be dropped then. */
const checkpointed = (
  list: ContactList,
  { data, payload, isPayloadDamaged }: EventOf<'list.checkpointed'>,
  limit: number | undefined,
): ContactList => {
  if (!continuesCheckpoint(list.pending, data)) return { ...list, pending: null }
  const before = data.page === 1 ? null : list.pending
  const pending: PendingList = {
    page: data.page,
    of: data.of,
    contacts: [...(before?.contacts ?? []), ...(payload?.contacts ?? [])],
    skipped: [...(before?.skipped ?? []), ...(payload?.skipped ?? [])],
    ...((isPayloadDamaged || before?.isDamaged) && { isDamaged: true }),
  }
  if (data.page < data.of) return { ...list, pending }
  if (pending.isDamaged) return { ...list, pending: null, isDamaged: true }
  // Dropped: a newer one stands.
  if (!payload) return { ...list, pending: null }
  const { isDamaged, ...whole } = list
  return {
    ...whole,
    ...(isSame(list, pending) ? {} : divided(pending.contacts, limit)),
    skipped: pending.skipped,
    account: payload.account,
    cursor: payload.cursor,
    pending: null,
  }
}

/** The book that writes a checkpoint writes the very contacts that it shows: nothing is to be shown anew. */
const isSame = (list: ContactList, { contacts }: PendingList): boolean =>
  !list.isDamaged &&
  contacts.length === list.contacts.size + list.beyond.size &&
  contacts.every((contact) => (list.contacts.get(contact.id) ?? list.beyond.get(contact.id)) === contact)

/** The same Map where all of it fits: nothing then is sorted or saved anew that has not changed. */
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
