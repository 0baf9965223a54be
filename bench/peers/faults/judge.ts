/** How often each contact is in a list, and whether any of its copies is the edited one. */
export type Listed = ReadonlyMap<string, { readonly times: number; readonly isEdited: boolean }>

/** A state of the mailbox: its contacts by id, and whether each is edited. */
export type MailboxState = ReadonlyMap<string, boolean>

export interface Deviations {
  /** In the mailbox, not in the list. */
  readonly lost: number
  /** Copies beyond the first. */
  readonly doubled: number
  /** In the list but not in the mailbox, or with another content than there. */
  readonly stale: number
}

/**
 * How far a list deviates from the mailbox. A list may be right for any moment of the import, so it is compared
 * with the state that it is nearest to, and with the latest of several equally near ones.
 *
 * @param states of the mailbox, oldest first; at least one
 */
export const judge = (list: Listed, states: readonly MailboxState[]): Deviations => {
  const all = states.map((state) => deviations(list, state))
  return all.reduce((best, next) => (sum(next) <= sum(best) ? next : best))
}

const deviations = (list: Listed, state: MailboxState): Deviations => {
  let found = 0
  let doubled = 0
  let stale = 0
  for (const [id, { times, isEdited }] of list) {
    doubled += times - 1
    if (state.has(id)) found++
    if (state.get(id) !== isEdited) stale++
  }
  return { lost: state.size - found, doubled, stale }
}

const sum = ({ lost, doubled, stale }: Deviations): number => lost + doubled + stale
