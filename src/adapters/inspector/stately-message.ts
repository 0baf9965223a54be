import * as v from 'valibot'
import { sources } from '../../domain/source.ts'
import { redactedDefinition } from './redacted-definition.ts'
import { redactedEvent } from './redacted-event.ts'
import { redactedSnapshot } from './redacted-snapshot.ts'
import { allowed } from './redaction.ts'

/** XState's running number of an actor, and the package's version and clock. Only programs make them. */
const session = v.pipe(v.string(), v.regex(/^x:\d+$/))
const stamp = v.pipe(v.string(), v.regex(/^[\w.-]{1,40}$/))

const base = {
  sessionId: session,
  rootId: allowed(session),
  parentId: allowed(session),
  sourceId: allowed(session),
  id: allowed(v.null()),
  createdAt: allowed(stamp),
  _version: allowed(stamp),
}

const message = v.variant('type', [
  v.object({
    ...base,
    type: v.literal('@xstate.actor'),
    name: allowed(v.union([v.picklist(sources), session])),
    definition: allowed(redactedDefinition),
    snapshot: allowed(redactedSnapshot),
  }),
  v.object({ ...base, type: v.literal('@xstate.event'), event: redactedEvent }),
  v.object({
    ...base,
    type: v.literal('@xstate.snapshot'),
    event: redactedEvent,
    snapshot: redactedSnapshot,
  }),
])

/**
 * A message of Stately's inspector, rebuilt from an allow-list, because the package's own `sanitizeContext` and
 * `sanitizeEvent` let the input, output and error of an actor pass. Null where it is none of the three kinds. Never
 * throws, and is idempotent.
 */
export const statelyMessage = (raw: unknown): object | null => {
  try {
    const result = v.safeParse(message, raw)
    return result.success ? result.output : null
  } catch {
    return null
  }
}
