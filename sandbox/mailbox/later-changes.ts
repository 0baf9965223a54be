import type { Locale } from './locales.ts'
import { contactInventor } from './invent-contact.ts'
import type { Mailbox } from './mailbox.ts'

/** What happened to a mailbox after it was filled. The same changes in the same order always give the same mailbox. */
export interface LaterChange {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Contacts are added, or removed from the end, until there are this many. */
  readonly size?: number
  /** Number of changes: in turn, one contact is added, one changed, one added and one removed. */
  readonly edits?: number
}

const TURNS = ['add', 'change', 'add', 'remove'] as const

/** Repeats what happened to a mailbox. Another `seed` invents other people. */
export const applyLaterChange = (
  mailbox: Mailbox,
  { size, edits = 0 }: LaterChange,
  { locales, seed }: { readonly locales: readonly [Locale, ...Locale[]]; readonly seed: number },
): void => {
  const invent = contactInventor(locales, seed)
  const contacts = mailbox.contacts()
  for (let count = contacts.length; size !== undefined && count < size; count++) mailbox.add(invent())
  for (const { id } of size === undefined ? [] : contacts.slice(size)) mailbox.remove(id)

  const there = [...mailbox.contacts()]
  for (let turn = 0; turn < edits; turn++) {
    const what = TURNS[turn % TURNS.length]
    if (what === 'add') mailbox.add(invent())
    else if (what === 'change') changeNote(mailbox, there.shift()?.id, turn)
    else removeOne(mailbox, there.shift()?.id)
  }
}

const changeNote = (mailbox: Mailbox, id: string | undefined, turn: number): void => {
  if (id === undefined) return
  const before = mailbox.find(id)?.fields.personalNotes ?? ''
  mailbox.change(id, { personalNotes: `${before} Change ${turn + 1} of position ${mailbox.position}`.trim() })
}

const removeOne = (mailbox: Mailbox, id: string | undefined): void => {
  if (id !== undefined) mailbox.remove(id)
}
