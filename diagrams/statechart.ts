import { toDirectedGraph } from 'xstate/graph'
import type { linkedAccount } from '../src/machines/linked-account.ts'

/** What the diagrams show of a state. */
export interface ChartState {
  readonly name: string
  /** The work that the state calls for; null where nothing runs. */
  readonly task: string | null
}

/** An event that leads on, and the condition under which it does. */
export interface ChartLabel {
  readonly event: string
  readonly guard: string | null
}

/** Everything that leads from one state to another: one arrow, so that parallel ones do not hide each other. */
export interface ChartArrow {
  readonly from: string
  readonly to: string
  readonly labels: readonly ChartLabel[]
}

/** A flat statechart, ready to be drawn. Its order is that of the machine's definition. */
export interface Statechart {
  readonly title: string
  readonly initial: string
  readonly states: readonly ChartState[]
  readonly arrows: readonly ChartArrow[]
  /** What is possible in every state; an arrow from each would hide all others. */
  readonly everywhere: readonly Omit<ChartArrow, 'from'>[]
}

/** Reads the chart off the machine. Throws a `TypeError` where a guard has no name that could be shown. */
export const statechart = (machine: typeof linkedAccount): Statechart => {
  const root = toDirectedGraph(machine)
  const arrows = root.children.flatMap(({ edges }) => edges)
  const merged = new Map<string, { from: string; to: string; labels: ChartLabel[] }>()
  for (const edge of arrows) {
    const from = edge.source.key
    const to = edge.target.key
    const arrow = merged.get(`${from} ${to}`) ?? { from, to, labels: [] }
    arrow.labels.push(labelOf(edge))
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
    everywhere: root.edges.map((edge) => ({ to: edge.target.key, labels: [labelOf(edge)] })),
  }
}

type Edge = ReturnType<typeof toDirectedGraph>['edges'][number]

const labelOf = ({ label, transition: { guard } }: Edge): ChartLabel => {
  if (guard !== undefined && typeof guard !== 'string') throw new TypeError('only named guards can be drawn')
  return { event: label.text, guard: guard ?? null }
}
