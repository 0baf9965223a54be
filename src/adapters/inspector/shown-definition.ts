import * as v from 'valibot'
import { shown, word } from './shown.ts'

const name = v.pipe(v.string(), v.regex(/^\.?[a-z][\w.-]{0,59}$/i))
const step = v.object({
  target: shown(name),
  guard: shown(name),
  actions: shown(v.union([v.array(name), name])),
})

interface Node {
  readonly [field: string]: unknown
}

const node: v.GenericSchema<unknown, Node> = v.object({
  id: shown(name),
  initial: shown(name),
  tags: shown(v.union([v.array(name), name])),
  meta: shown(v.object({ task: shown(word) })),
  on: shown(v.record(name, v.union([v.array(step), step]))),
  states: shown(
    v.record(
      name,
      v.lazy(() => node),
    ),
  ),
})

/**
 * The chart of a machine, as the inspector needs it to draw. Its initial context is not on the list: a chart
 * is drawn without one. Takes and gives JSON text; what is none becomes an empty chart.
 */
export const shownDefinition = v.pipe(
  v.string(),
  v.transform((text): string => JSON.stringify(v.parse(node, parsed(text)))),
)

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
