import { toDirectedGraph } from 'xstate/graph'
import type { linkedAccount } from '../src/machines/linked-account.ts'

/** A state as the diagrams show it. */
export interface ChartState {
  readonly name: string
  /** The work that the state calls for; null where nothing runs. */
  readonly task: string | null
}

/** An event that the state takes, and the condition under which it does. */
export interface ChartLabel {
  readonly event: string
  /** As it is drawn: the parts of a combined guard. */
  readonly guard: string | null
  /** Its name in the definition. */
  readonly guardName: string | null
}

/** All transitions from one state to another: one arrow, so that parallel ones do not hide each other. */
export interface ChartArrow {
  readonly from: string
  readonly to: string
  readonly labels: readonly ChartLabel[]
}

/** A flat statechart, ready to be drawn, in the order of the machine's definition. */
export interface Statechart {
  readonly title: string
  readonly initial: string
  readonly states: readonly ChartState[]
  readonly arrows: readonly ChartArrow[]
  /** Transitions that every state has. An arrow from each state would hide the other arrows. */
  readonly everywhere: readonly Omit<ChartArrow, 'from'>[]
}

/** Reads the chart from the machine. Throws a `TypeError` if a guard has no name to show. */
export const statechart = (machine: typeof linkedAccount): Statechart => {
  const root = toDirectedGraph(machine)
  const arrows = root.children.flatMap(({ edges }) => edges)
  const merged = new Map<string, { from: string; to: string; labels: ChartLabel[] }>()
  for (const edge of arrows) {
    const from = edge.source.key
    const to = edge.target.key
    const arrow = merged.get(`${from} ${to}`) ?? { from, to, labels: [] }
    arrow.labels.push(labelOf(machine, edge))
    merged.set(`${from} ${to}`, arrow)
  }
  return {
    title: root.id,
    initial: machine.root.initial.target[0]?.key ?? '',
    states: root.children.map(({ stateNode }) => ({
      name: stateNode.key,
      task: (stateNode.meta as { task: string } | undefined)?.task ?? null,
    })),
    arrows: [...merged.values()],
    everywhere: root.edges.map((edge) => ({ to: edge.target.key, labels: [labelOf(machine, edge)] })),
  }
}

type Edge = ReturnType<typeof toDirectedGraph>['edges'][number]

const labelOf = (machine: typeof linkedAccount, { label, transition: { guard } }: Edge): ChartLabel => ({
  event: label.text,
  guard: guard === undefined ? null : guardLabel(machine, guard),
  guardName: typeof guard === 'string' ? guard : null,
})

/**
 * The text for a guard: its name, or the names that an `and` joins. Throws a `TypeError` for any
 * other function.
 */
export const guardLabel = (machine: typeof linkedAccount, guard: unknown): string => {
  const implementations: Readonly<Record<string, unknown>> = machine.implementations.guards
  const joined = joinedBy(typeof guard === 'string' ? implementations[guard] : guard)
  if (joined) return joined.map((each) => guardLabel(machine, each)).join(' and ')
  if (typeof guard !== 'string') throw new TypeError('only a guard with a name can be drawn')
  return guard
}

/** The guards within an `and`. XState keeps them on the function, outside its types. */
const joinedBy = (guard: unknown): readonly unknown[] | null =>
  typeof guard === 'function' && guard.name === 'and' && 'guards' in guard && Array.isArray(guard.guards)
    ? guard.guards
    : null
