import * as v from 'valibot'
import { startingCommands } from '../../domain/commands.ts'
import { failureCodes } from '../../domain/failures.ts'
import { details, held } from './redacted-event.ts'
import { accountKey, allowed, count, time, uuid } from './redaction.ts'

/** The states of a linked account. */
export const redactedStates = [
  'idle',
  'consenting',
  'cancelled',
  'fetching',
  'capped',
  'failed',
  'imported',
] as const

const context = v.object({
  attempt: allowed(
    v.nullable(v.object({ id: uuid, number: count, by: allowed(v.picklist(startingCommands)) })),
  ),
  accountKey,
  list: allowed(
    v.nullable(
      v.object({
        count,
        available: count,
        incomplete: count,
        capped: allowed(v.boolean()),
        completedAt: time,
      }),
    ),
  ),
  code: allowed(v.nullable(v.picklist(failureCodes))),
  details: allowed(v.object(details)),
  held,
  counts: allowed(
    v.object({
      expected: allowed(v.nullable(v.pipe(v.number(), v.integer()))),
      pages: count,
      contacts: count,
      skipped: count,
    }),
  ),
})

/**
 * A machine's snapshot as an inspector may see it. Input, output and error of an actor are left out: they could
 * contain anything that the actor received or threw.
 */
export const redactedSnapshot = v.object({
  status: allowed(v.picklist(['active', 'done', 'error', 'stopped'])),
  value: allowed(v.picklist(redactedStates)),
  context: allowed(context),
})
