import type { PossibleDuplicate } from '../../../index.ts'

/** A pair that was decided and is a question again. */
interface Reopened {
  readonly pair: PossibleDuplicate
  readonly at: number
}

/** Names a pair, whichever answer of the client it is from. */
export const idOf = ({ rows: [one, other] }: PossibleDuplicate): string => `${one.key} ${other.key}`

/**
 * The pairs that wait for a decision: what the client suggests, but for those that were decided since, and with those whose
 * decision was taken back. The client hears of a decision later. From then on, its suggestions count again: another tab may
 * decide the pair otherwise.
 */
export class OpenPairs {
  #decided: ReadonlySet<string> = new Set()
  #suggested: readonly PossibleDuplicate[] = []
  #reopened: readonly Reopened[] = []

  get all(): readonly PossibleDuplicate[] {
    const again = new Set(this.#reopened.map(({ pair }) => idOf(pair)))
    const open = this.#suggested.filter((pair) => !this.#decided.has(idOf(pair)) && !again.has(idOf(pair)))
    for (const { pair, at } of this.#reopened) open.splice(at, 0, pair)
    return open
  }

  /** Those that are a question again, which the client does not suggest yet. */
  get reopened(): readonly PossibleDuplicate[] {
    return this.#reopened.map(({ pair }) => pair)
  }

  /** Of how many pairs that the client suggests this is the number that are open. */
  count(suggested: number): number {
    return Math.max(suggested - this.#suggested.length, 0) + this.all.length
  }

  suggest(pairs: readonly PossibleDuplicate[]): void {
    const ids = new Set(pairs.map(idOf))
    this.#suggested = pairs
    this.#decided = new Set([...this.#decided].filter((id) => ids.has(id)))
    this.#reopened = this.#reopened.filter(({ pair }) => !ids.has(idOf(pair)))
  }

  /** @returns where the pair was */
  decide(pair: PossibleDuplicate): number {
    const at = this.all.findIndex((each) => idOf(each) === idOf(pair))
    this.close(pair)
    // Otherwise the client has heard of it before.
    if (at >= 0) this.#decided = new Set([...this.#decided, idOf(pair)])
    return Math.max(at, 0)
  }

  reopen(pair: PossibleDuplicate, at: number): void {
    this.#decided = new Set([...this.#decided].filter((id) => id !== idOf(pair)))
    this.#reopened = [...this.#reopened, { pair, at }]
  }

  /** It is no question any more: another tab has decided it, or a contact is gone. */
  close(pair: PossibleDuplicate): void {
    this.#reopened = this.#reopened.filter((each) => idOf(each.pair) !== idOf(pair))
  }
}
