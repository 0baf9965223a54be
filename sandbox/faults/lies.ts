import type { Fault, FaultOf } from './fault.ts'

const lieKinds = [
  'removed-only',
  'partial-items',
  'false-removal',
  'removed-as-changed',
  'omit-folder',
  'large-page',
] as const satisfies readonly Fault['kind'][]

type LieKind = (typeof lieKinds)[number]

export const isLie = ({ kind }: Fault): boolean => (lieKinds as readonly string[]).includes(kind)

/** A lie that is aimed at a request. */
export interface AimedLie {
  readonly fault: Fault
  /** Counts one more hit; returns whether it is one of those that `skip` and `times` choose. */
  readonly hits: () => boolean
}

/** The lies that are aimed at one request. */
export class Lies {
  readonly #aimed: readonly AimedLie[]

  constructor(aimed: readonly AimedLie[]) {
    this.#aimed = aimed
  }

  /** The lie of this kind to apply now. A request that it would not change does not count as a hit. */
  find<K extends LieKind>(kind: K, wouldTell: (lie: FaultOf<K>) => boolean): FaultOf<K> | undefined {
    const isToldBy = ({ fault, hits }: AimedLie): boolean =>
      fault.kind === kind && wouldTell(fault as FaultOf<K>) && hits()
    return this.#aimed.filter(isToldBy)[0]?.fault as FaultOf<K> | undefined
  }
}
