import { castDraft, produce } from 'immer'
import type { Draft } from 'immer'
import type { Contact, Removal, SkippedContact } from '../domain/contact.ts'
import type { RecordedEvent } from '../domain/events.ts'
import { withinLimit } from '../domain/limit.ts'
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
  readonly contacts: ReadonlyMap<string, Contact>
  /** What the source gave and could not be taken, at the last completed attempt. */
  readonly skipped: readonly SkippedContact[]
  readonly account: Account | null
  /** Lets the next refresh ask for changes only. */
  readonly cursor: Json
  readonly staged: StagedList | null
  /** The medium lost some of it: not to be shown as if it were whole. The next complete listing makes up for it. */
  readonly isDamaged?: true
}

export type ContactLists = Readonly<Partial<Record<Source, ContactList>>>

export const noContactLists: ContactLists = {}

const emptyList: ContactList = {
  contacts: new Map(),
  skipped: [],
  account: null,
  cursor: null,
  staged: null,
}

const nothingStaged = {
  contacts: null,
  skipped: [],
  account: null,
  resumeFrom: null,
  lastPageAt: null,
  cursor: null,
}

const nothingListed = { ...nothingStaged, contacts: new Map<string, Contact>() }

/** Folds one event. One draft per page: a draft per contact would take seconds for 10,000. */
export const foldContactLists = (lists: ContactLists, event: RecordedEvent): ContactLists => {
  const list = foldList(lists[event.stream] ?? emptyList, event)
  return list === lists[event.stream] ? lists : { ...lists, [event.stream]: list }
}

const foldList = (list: ContactList, event: RecordedEvent): ContactList => {
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
        ? { ...list, staged: { ...nothingListed, attempt: staged.attempt, account: staged.account } }
        : list
    case 'page.fetched': {
      const { payload, time } = event
      if (!staged || staged.isDamaged) return list
      if (event.isPayloadDamaged) return damaged(list, staged)
      if (!payload) return list
      const contacts = changed(staged.contacts ?? new Map(), [], payload.contacts)
      return { ...list, staged: withPage(staged, contacts, payload, time) }
    }
    case 'changes.fetched': {
      const { payload, time } = event
      if (!staged || staged.isDamaged) return list
      if (event.isPayloadDamaged || (list.isDamaged && !staged.contacts)) return damaged(list, staged)
      if (!payload) return list
      // What cannot be read any more is not kept as it was: a complete listing would not bring it either.
      const unread = payload.skipped.flatMap(({ id }) => (id === undefined ? [] : [{ id }]))
      const removed = [...payload.removed, ...unread]
      const contacts = changed(staged.contacts ?? list.contacts, removed, payload.upserted)
      return { ...list, staged: withPage(staged, contacts, payload, time) }
    }
    case 'attempt.completed':
      return staged ? swap(list, { ...staged, cursor: event.payload?.cursor ?? null }) : list
    case 'removal.held':
      return staged ? { ...list, staged: { ...staged, cursor: event.payload?.cursor ?? null } } : list
    case 'removal.approved':
      return staged ? swap(list, staged) : list
    case 'list.checkpointed': {
      const { payload } = event
      if (event.isPayloadDamaged) return { ...list, isDamaged: true }
      if (!payload) return list
      const { isDamaged, ...whole } = list
      return { ...whole, contacts: byId(payload.contacts), cursor: payload.cursor }
    }
    case 'report.ignored':
      return list
  }
}

const damaged = (list: ContactList, staged: StagedList): ContactList => ({
  ...list,
  staged: { ...staged, isDamaged: true, resumeFrom: null, lastPageAt: null },
})

/** Frozen, so that Immer takes it as it is: going through 10,000 contacts for every page takes most of an import. */
const changed = (
  contacts: ReadonlyMap<string, Contact>,
  removed: readonly Removal[],
  upserted: readonly Contact[],
): ReadonlyMap<string, Contact> => {
  const next = new Map(contacts)
  for (const removal of removed) if (isGone(next.get(removal.id), removal)) next.delete(removal.id)
  for (const contact of upserted) next.set(contact.id, contact)
  return Object.freeze(next)
}

/** What was recorded in another folder since has only moved there. */
const isGone = (contact: Contact | undefined, { folder }: Removal): boolean =>
  folder === undefined || contact?.folder === undefined || contact.folder === folder

const withPage = (
  staged: StagedList,
  contacts: ReadonlyMap<string, Contact>,
  { skipped, cursor }: { readonly skipped: readonly SkippedContact[]; readonly cursor: Json },
  time: string,
): StagedList =>
  produce(staged, (draft) => {
    draft.contacts = contacts as Draft<typeof contacts>
    draft.skipped.push(...castDraft(skipped))
    draft.resumeFrom = castDraft(cursor)
    draft.lastPageAt = time
  })

const swap = (list: ContactList, staged: StagedList): ContactList => ({
  contacts: byId(withinLimit((staged.contacts ?? list.contacts).values())),
  skipped: staged.skipped,
  account: staged.account ?? list.account,
  cursor: staged.cursor,
  staged: null,
  ...((staged.isDamaged || (list.isDamaged && !staged.contacts)) && { isDamaged: true }),
})

const byId = (contacts: readonly Contact[]): ReadonlyMap<string, Contact> =>
  new Map(contacts.map((contact) => [contact.id, contact]))
