import type { Replayed } from './replay.ts'

/** Facts of an event on one line: `page=3 contacts=100`. */
export const factsOf = (data: object): readonly string[] =>
  Object.entries(data).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined || value === null) return []
    if (typeof value === 'object') {
      const parts = factsOf(value)
      return parts.length === 0 ? [] : [`${name}(${parts.join(' ')})`]
    }
    return [`${name}=${JSON.stringify(value)}`.replaceAll('"', '')]
  })

/**
 * The events as a text for a bug report, in English and with the names of the code, for those who read it. Nothing in it is
 * about a person: the events have only what `reportedEvent` lets through.
 */
export const reportText = (
  events: readonly Replayed[],
  shown: Replayed | null,
  dropped: number,
  now: Date,
): string => {
  const states = new Map(events.map(({ source, state }) => [source, state]))
  return [
    `import-inspector, ${now.toISOString()}`,
    ...[...states].map(([source, state]) => `${source}: ${state}`),
    ...(shown ? [`looking at event ${shown.event.position}`] : []),
    ...(dropped > 0 ? [`${dropped} earlier events left out`] : []),
    '',
    ...events.map(lineOf),
    '',
  ].join('\n')
}

const lineOf = ({ event, source, step }: Replayed): string => {
  const { position, time, type, attempt, data } = event
  const move = step ? ` | ${step.from} -> ${step.to}${step.guard === null ? '' : ` [${step.guard}]`}` : ''
  const facts = [...(attempt == null ? [] : [`attempt=${attempt}`]), ...factsOf(data)]
  return `${position} ${time ?? '?'} ${source} ${type} ${facts.join(' ')}`.trimEnd() + move
}
