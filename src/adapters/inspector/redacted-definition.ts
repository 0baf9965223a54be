import * as v from 'valibot'
import { allowed, word } from './redaction.ts'

const name = v.pipe(v.string(), v.regex(/^\.?[a-z][\w.-]{0,59}$/i))
const step = v.object({
  target: allowed(name),
  guard: allowed(name),
  actions: allowed(v.union([v.array(name), name])),
})

const fields = {
  initial: allowed(name),
  tags: allowed(v.union([v.array(name), name])),
  meta: allowed(v.object({ task: allowed(word) })),
  on: allowed(v.record(name, v.union([v.array(step), step]))),
}
const node: v.GenericSchema<unknown, object> = v.object({
  ...fields,
  states: allowed(
    v.record(
      name,
      v.lazy(() => node),
    ),
  ),
})

/**
 * The parts of a machine's chart that the inspector needs for drawing, from and to JSON text. The initial context is
 * left out. A definition without states is not a machine and is not shown: the package creates one from the id of any
 * other actor.
 */
export const redactedDefinition = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ ...fields, id: name, states: v.record(name, node) }),
  v.stringifyJson(),
)
