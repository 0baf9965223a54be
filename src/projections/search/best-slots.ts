import { HIGHEST_RANK } from './ranks.ts'

/** What decides between slots of equal rank. */
export interface SlotOrder {
  /** The lowest comes first. */
  position(slot: number): number
  /** Whether the one comes before the other, where their positions are equal. */
  isBefore(slot: number, other: number): boolean
}

interface Placed {
  readonly slot: number
  readonly position: number
}

/**
 * The slots with the lowest ranks, at most `limit`, in order. Only those that may be among them are placed: a single
 * letter finds thousands.
 */
export const bestSlots = (ranks: Uint16Array, limit: number, order: SlotOrder): readonly number[] => {
  const counts = countRanks(ranks)
  const best: number[] = []
  for (let rank = 0; rank <= HIGHEST_RANK && best.length < limit; rank++) {
    if (!counts[rank]) continue
    for (const slot of firstOf(ranks, rank, limit - best.length, order)) best.push(slot)
  }
  return best
}

const countRanks = (ranks: Uint16Array): Uint32Array => {
  const counts = new Uint32Array(HIGHEST_RANK + 1)
  for (const rank of ranks) if (rank <= HIGHEST_RANK) counts[rank] = (counts[rank] ?? 0) + 1
  return counts
}

/** The first slots of a rank: those kept so far are in order, and most others come after the last of them. */
const firstOf = (ranks: Uint16Array, rank: number, count: number, order: SlotOrder): readonly number[] => {
  const kept: Placed[] = []
  for (let slot = ranks.indexOf(rank); slot !== -1; slot = ranks.indexOf(rank, slot + 1)) {
    const placed = { slot, position: order.position(slot) }
    const last = kept.at(-1)
    if (kept.length >= count && last !== undefined && !comesBefore(placed, last, order)) continue
    kept.splice(placeIn(kept, placed, order), 0, placed)
    if (kept.length > count) kept.pop()
  }
  return kept.map(({ slot }) => slot)
}

const placeIn = (kept: readonly Placed[], placed: Placed, order: SlotOrder): number => {
  let from = 0
  let to = kept.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (comesBefore(kept[middle] ?? placed, placed, order)) from = middle + 1
    else to = middle
  }
  return from
}

const comesBefore = (a: Placed, b: Placed, order: SlotOrder): boolean =>
  a.position < b.position || (a.position === b.position && order.isBefore(a.slot, b.slot))
