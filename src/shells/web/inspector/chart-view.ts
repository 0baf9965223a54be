import { html, nothing, svg } from 'lit'
import type { TemplateResult } from 'lit'
import { chart } from './linked-account-chart.ts'
import type { Replayed } from './replay.ts'

type Arrow = (typeof chart.arrows)[number]

/** An event that a state takes, the parts of the guard and where it leads. */
export interface PossibleStep {
  readonly event: string
  readonly guard: string | null
  readonly to: string
}

interface ChartOptions {
  readonly state: string
  /** The last event that moved the machine; null: none has yet. */
  readonly last: Replayed | null
  readonly isBusy: boolean
  readonly isPast: boolean
  /** For screen readers, which hear nothing else of the picture. */
  readonly label: string
}

/** The statechart with its state and its last transition, both marked by more than a colour. */
export const chartView = ({ state, last, isBusy, isPast, label }: ChartOptions): TemplateResult => {
  const arrows = chart.arrows.map((arrow) => ({ arrow, isTaken: last !== null && isTakenBy(arrow, last) }))
  // Last, so that no other arrow crosses it.
  const inOrder = [...arrows.filter(({ isTaken }) => !isTaken), ...arrows.filter(({ isTaken }) => isTaken)]
  return html`<svg
    class="chart ${isPast ? 'past' : ''}"
    part="chart"
    viewBox="0 0 ${chart.width} ${chart.height}"
    role="img"
    aria-label=${label}
  >
    <defs>${head('head')} ${head('taken-head')}</defs>
    <circle class="start" cx=${chart.start.x} cy=${chart.start.y} r="6" />
    ${inOrder.map(({ arrow, isTaken }) => arrowView(arrow, isTaken))}
    ${chart.states.map((each) => stateView(each, each.name === state, isBusy, isPast))}
  </svg>`
}

/** What can happen next in a state, from the same chart. */
export const possibleSteps = (state: string): readonly PossibleStep[] =>
  [...chart.arrows.filter(({ from }) => from === state), ...chart.everywhere].flatMap(({ to, labels }) =>
    labels.map(({ event, parts }) => ({ event, guard: parts, to })),
  )

/** The parts of a guard, as its name is drawn: `isCurrent and isCapped`. */
export const guardParts = (name: string): string => {
  const labels = chart.arrows.flatMap(({ labels }) => [...labels])
  return labels.find(({ guard }) => guard === name)?.parts ?? name
}

const isTakenBy = ({ from, to, labels }: Arrow, { event, step }: Replayed): boolean =>
  step !== null &&
  from === step.from &&
  to === step.to &&
  labels.some((label) => label.event === event.type && label.guard === step.guard)

const head = (id: string) =>
  svg`<marker id=${id} class=${id} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"
    markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 10 5 0 9z" /></marker>`

const arrowView = ({ from, to, path, labels }: Arrow, isTaken: boolean) =>
  svg`<path class="arrow ${isTaken ? 'taken' : ''}" d=${path} marker-end="url(#${isTaken ? 'taken-head' : 'head'})"
    data-from=${from ?? nothing} data-to=${to} data-event=${labels.map(({ event }) => event).join(' ')}
    data-guard=${labels.map(({ guard }) => guard).join(' ')} />`

const stateView = (
  { name, task, x, y, width, height }: (typeof chart.states)[number],
  isCurrent: boolean,
  isBusy: boolean,
  isPast: boolean,
) => {
  const middle = x + width / 2
  const classes = ['state', ...(isCurrent ? ['current'] : []), ...(isCurrent && isBusy ? ['busy'] : [])]
  return svg`<g class=${classes.join(' ')} data-state=${name}>
    ${
      isCurrent && isBusy && !isPast
        ? svg`<rect class="halo" x=${x - 5} y=${y - 5} width=${width + 10} height=${height + 10} rx="13" />`
        : nothing
    }
    <rect class="box" x=${x} y=${y} width=${width} height=${height} rx="9" />
    ${isCurrent && !isPast ? svg`<circle class="mark" cx=${x + 16} cy=${y + height / 2} r="5" />` : nothing}
    <text class="name" x=${middle} y=${task === null ? y + height / 2 + 5 : y + 25}>${name}</text>
    ${task === null ? nothing : svg`<text class="task" x=${middle} y=${y + 45}>task: ${task}</text>`}
  </g>`
}
