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

/** The lies that one request hears. */
export class Lies {
  readonly #faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    this.#faults = faults
  }

  find<K extends LieKind>(kind: K): FaultOf<K> | undefined {
    return this.#faults.find((fault): fault is FaultOf<K> => fault.kind === kind)
  }
}
