import type { ChartLabel, Statechart } from './statechart.ts'

/** The chart as a Mermaid `stateDiagram-v2`, which GitHub renders in a page. */
export const mermaid = ({ title, initial, states, arrows, everywhere }: Statechart): string =>
  [
    '---',
    `title: ${title}`,
    '---',
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...states.map(({ name, task }) => (task === null ? `  ${name}` : `  ${name}: ${name} (task ${task})`)),
    // One arrow for parallel transitions: Mermaid draws parallel arrows on top of each other.
    ...arrows.map(({ from, to, labels }) => `  ${from} --> ${to}: ${labels.map(text).join('<br>')}`),
    ...everywhere.flatMap(({ to, labels }) => [
      `  note right of ${to}`,
      ...labels.map((label) => `    in every state: ${text(label)} leads here`),
      '  end note',
    ]),
    '',
  ].join('\n')

const text = ({ event, guard }: ChartLabel) => (guard === null ? event : `${event} [${guard}]`)
