import * as v from 'valibot'
import { sources } from '../../domain/source.ts'
import { shownDefinition } from './redacted-definition.ts'
import { shownEvent } from './redacted-event.ts'
import { shownSnapshot } from './redacted-snapshot.ts'
import { shown } from './redaction.ts'

/** XState's own running number of an actor, and the package's version and clock: made by programs alone. */
const session = v.pipe(v.string(), v.regex(/^x:\d+$/))
const stamp = v.pipe(v.string(), v.regex(/^[\w.-]{1,40}$/))

const base = {
  sessionId: session,
  rootId: shown(session),
  parentId: shown(session),
  sourceId: shown(session),
  id: shown(v.null()),
  createdAt: shown(stamp),
  _version: shown(stamp),
}

const message = v.variant('type', [
  v.object({
    ...base,
    type: v.literal('@xstate.actor'),
    name: shown(v.union([v.picklist(sources), session])),
    definition: shown(shownDefinition),
    snapshot: shown(shownSnapshot),
  }),
  v.object({ ...base, type: v.literal('@xstate.event'), event: shownEvent }),
  v.object({ ...base, type: v.literal('@xstate.snapshot'), event: shownEvent, snapshot: shownSnapshot }),
])

/**
 * A message of Stately's inspector, made anew from an allow-list: its own `sanitizeContext` and
 * `sanitizeEvent` let the input, output and error of an actor pass. Null where it is none of the three
 * kinds. Never throws; a second time changes nothing.
 */
export const statelyMessage = (raw: unknown): object | null => {
  try {
    const result = v.safeParse(message, raw)
    return result.success ? result.output : null
  } catch {
    return null
  }
}
