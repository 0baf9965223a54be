import * as v from 'valibot'
import { startingCommands } from '../../domain/commands.ts'
import { failureCodes } from '../../domain/failures.ts'
import { details, held } from './redacted-event.ts'
import { accountKey, count, shown, time, uuid } from './redaction.ts'

/** The states of a linked account. */
export const shownStates = [
  'idle',
  'consenting',
  'cancelled',
  'fetching',
  'capped',
  'failed',
  'imported',
] as const

const context = v.object({
  attempt: shown(v.nullable(v.object({ id: uuid, number: count, by: shown(v.picklist(startingCommands)) }))),
  accountKey,
  list: shown(
    v.nullable(v.object({ count, available: count, capped: shown(v.boolean()), completedAt: time })),
  ),
  code: shown(v.nullable(v.picklist(failureCodes))),
  details: shown(v.object(details)),
  held,
  counts: shown(
    v.object({
      expected: shown(v.nullable(v.pipe(v.number(), v.integer()))),
      pages: count,
      contacts: count,
      skipped: count,
    }),
  ),
})

/**
 * A machine's snapshot as an inspector may see it. Input, output and error of an actor are not on the list:
 * whatever an actor is given or throws could be in them.
 */
export const shownSnapshot = v.object({
  status: shown(v.picklist(['active', 'done', 'error', 'stopped'])),
  value: shown(v.picklist(shownStates)),
  context: shown(context),
})
