import * as v from 'valibot'
import { startingCommands } from '../../domain/commands.ts'
import { skipReasons } from '../../domain/contact.ts'
import type { EventType } from '../../domain/events.ts'
import { failureCodes, fileContents } from '../../domain/failures.ts'
import { accountKey, allowed, count, time, uuid, word } from './redaction.ts'

/** Every type of recorded event, as a record, so that the compiler reports a missing one. */
const recorded: Record<EventType, true> = {
  'attempt.requested': true,
  'consent.granted': true,
  'contacts.counted': true,
  'page.fetched': true,
  'changes.fetched': true,
  'attempt.completed': true,
  'removal.held': true,
  'attempt.failed': true,
  'attempt.cancelled': true,
  'removal.approved': true,
  'account.signed-out': true,
  'report.ignored': true,
  'list.checkpointed': true,
  'identity.decided': true,
}
const eventTypes = Object.keys(recorded) as EventType[]

const ownTypes = ['xstate.init', 'xstate.stop'] as const

/** Replaces a type that is on no list: an actor's own type may contain an id or a text. */
const OTHER = '(other)'

const completion = {
  outcome: allowed(v.picklist(['imported', 'capped'])),
  imported: count,
  available: count,
  skipped: count,
  incomplete: count,
  added: count,
  updated: count,
  removed: count,
  displaced: count,
  verified: allowed(v.boolean()),
}

/** The counts of a removal that waits for approval. */
export const held = allowed(
  v.nullable(v.object({ removes: count, of: count, completion: allowed(v.object(completion)) })),
)

/** The ids and numbers of a failure from a service. */
export const details = {
  requestId: uuid,
  serviceCode: allowed(word),
  status: count,
  retryAt: time,
  cause: allowed(word),
  fileTime: time,
  fileHolds: allowed(v.picklist(fileContents)),
  fileLine: count,
}

const skips = Object.fromEntries(skipReasons.map((reason) => [reason, count]))

/** One list for all event types: no field is a number in one type and a name in another. */
const data = v.object({
  ...completion,
  ...details,
  by: allowed(v.picklist(startingCommands)),
  number: count,
  accountKey,
  count: allowed(v.nullable(v.pipe(v.number(), v.integer()))),
  page: count,
  contacts: count,
  upserted: count,
  skipped: allowed(v.union([v.pipe(v.number(), v.integer()), v.object(skips)])),
  removes: count,
  of: count,
  completion: allowed(v.object(completion)),
  code: allowed(v.picklist(failureCodes)),
})

/** An event as an inspector may see it: type, attempt, time, and the numbers and codes in its data. */
export const redactedEvent = v.object({
  type: v.fallback(v.picklist([...eventTypes, ...ownTypes, OTHER]), OTHER),
  attempt: uuid,
  time,
  data: allowed(data),
})
