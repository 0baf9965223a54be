import { enableMapSet, produce } from 'immer'
import type { Contact } from '../../domain/contact.ts'
import { differenceOf } from '../../domain/compare-lists.ts'
import type { Difference } from '../../domain/compare-lists.ts'
import type { Completion, RecordedEvent } from '../../domain/events.ts'
import type { Undo } from '../../domain/undo.ts'

enableMapSet()

/** An earlier list on the device, and what its attempt changed. */
export interface PastList extends Difference {
  readonly attempt: string
  readonly contacts: readonly Contact[]
  /** A later attempt replaced so many contacts that the store kept only their names. */
  readonly isNamesOnly: boolean
}

interface Swap {
  readonly attempt: string
  readonly completion: Completion
  readonly undo: Undo | null
}

/** The completed attempts of a source, oldest first, with their undos if the store still has them. */
export const readSwaps = async (
  events: AsyncIterable<RecordedEvent>,
  source: RecordedEvent['stream'],
): Promise<readonly Swap[]> => {
  let held: Undo | null = null
  const swaps: Swap[] = []
  for await (const { stream, type, attempt, data, payload } of events) {
    if (stream !== source) continue
    if (type === 'account.signed-out') swaps.length = 0
    if (type === 'removal.held') held = payload?.undo ?? null
    if ((type !== 'attempt.completed' && type !== 'removal.approved') || attempt === null) continue
    const undo = type === 'attempt.completed' ? (payload?.undo ?? null) : held
    swaps.push({ attempt, completion: data, undo })
  }
  return swaps
}

/** Restores earlier lists from the current one, newest first, as far as there are undos. */
export function* pastLists(
  current: ReadonlyMap<string, Contact>,
  swaps: readonly Swap[],
): Generator<PastList> {
  // A list that was saved is no Map of JavaScript, and Immer drafts only those.
  let after: ReadonlyMap<string, Contact> = new Map(current)
  let isNamesOnly = false
  for (const { attempt, completion, undo } of swaps.toReversed()) {
    const before = undo ? undone(after, undo) : withoutUndo(after, completion)
    if (!before) return
    yield { attempt, contacts: [...after.values()], isNamesOnly, ...differenceOf(before, after) }
    after = before
    isNamesOnly ||= undo?.isNamesOnly ?? false
  }
}

/** The list before. The one after it stays as it is, because shells may still show it. */
const undone = (
  after: ReadonlyMap<string, Contact>,
  { added, replaced }: Undo,
): ReadonlyMap<string, Contact> =>
  produce(after, (list: Map<string, Contact>) => {
    for (const id of added) list.delete(id)
    for (const contact of replaced) list.set(contact.id, contact)
  })

/** The store keeps no undo if the counts are enough: nothing changed, or there was no earlier list. */
const withoutUndo = (after: ReadonlyMap<string, Contact>, completion: Completion) => {
  const { added, updated, removed, displaced, imported } = completion
  const replaced = updated + removed + displaced
  if (replaced === 0 && added === 0) return after
  return replaced === 0 && added === imported ? new Map<string, Contact>() : null
}
