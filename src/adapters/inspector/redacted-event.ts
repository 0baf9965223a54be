import * as v from 'valibot'
import { startingCommands } from '../../domain/commands.ts'
import { skipReasons } from '../../domain/contact.ts'
import type { EventType } from '../../domain/events.ts'
import { failureCodes } from '../../domain/failures.ts'
import { accountKey, allowed, count, time, uuid, word } from './redaction.ts'

/** Every type of event that is recorded, so that the compiler misses one that was forgotten. */
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
}
const eventTypes = Object.keys(recorded) as EventType[]

const ownTypes = ['xstate.init', 'xstate.stop'] as const

/** In place of a type that is on no list: an actor's own may carry an id or a text. */
const OTHER = '(other)'

const completion = {
  outcome: allowed(v.picklist(['imported', 'capped'])),
  imported: count,
  available: count,
  skipped: count,
  added: count,
  updated: count,
  removed: count,
  displaced: count,
  verified: allowed(v.boolean()),
}

/** A removal that waits for approval, in numbers. */
export const held = allowed(
  v.nullable(v.object({ removes: count, of: count, completion: allowed(v.object(completion)) })),
)

/** What a service said of a failure, in its own ids and numbers. */
export const details = {
  requestId: uuid,
  serviceCode: allowed(word),
  status: count,
  retryAt: time,
}

const skips = Object.fromEntries(skipReasons.map((reason) => [reason, count]))

/** One list for all types: no field means a number in one and a name in another. */
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

/** An event as an inspector may see it: type, attempt and time, and of its data numbers and codes alone. */
export const redactedEvent = v.object({
  type: v.fallback(v.picklist([...eventTypes, ...ownTypes, OTHER]), OTHER),
  attempt: uuid,
  time,
  data: allowed(data),
})
