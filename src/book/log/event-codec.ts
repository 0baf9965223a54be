import * as v from 'valibot'
import { startingCommands } from '../../domain/commands.ts'
import { skipReasons } from '../../domain/contact.ts'
import type { Completion, EventType, Fact, RecordedEvent, Unreadable } from '../../domain/events.ts'
import { failureCodes, fileContents, ImportFailure } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { NewEvent, StoredEvent } from '../../ports/event-store.ts'

/** Version of the shape of every event type. A type that gets a version 2 needs an upcaster. */
const VERSION = 1

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const skips = v.partial(v.object(Object.fromEntries(skipReasons.map((reason) => [reason, count]))))
const nothing = v.object({})
const completion = v.object({
  outcome: v.picklist(['imported', 'capped']),
  imported: count,
  available: count,
  skipped: count,
  incomplete: v.exactOptional(count),
  added: count,
  updated: count,
  removed: count,
  displaced: count,
  verified: v.boolean(),
})

const dataSchemas = {
  'attempt.requested': v.object({ by: v.picklist(startingCommands), number: count }),
  'consent.granted': v.object({ accountKey: v.nullable(v.string()) }),
  'contacts.counted': v.object({ count: v.nullable(count) }),
  'page.fetched': v.object({ page: count, contacts: count, skipped: skips }),
  'changes.fetched': v.object({ page: count, upserted: count, removed: count, skipped: skips }),
  'attempt.completed': completion,
  'removal.held': v.object({ removes: count, of: count, completion }),
  'attempt.failed': v.object({
    code: v.picklist(failureCodes),
    requestId: v.exactOptional(v.string()),
    serviceCode: v.exactOptional(v.string()),
    status: v.exactOptional(v.number()),
    retryAt: v.exactOptional(v.string()),
    host: v.exactOptional(v.string()),
    cause: v.exactOptional(v.string()),
    fileTime: v.exactOptional(v.string()),
    fileHolds: v.exactOptional(v.picklist(fileContents)),
    fileLine: v.exactOptional(v.number()),
  }),
  'attempt.cancelled': nothing,
  'removal.approved': completion,
  'account.signed-out': nothing,
  'report.ignored': v.object({ report: v.string() }),
  'list.checkpointed': v.object({ page: count, of: count, contacts: count }),
  'identity.decided': v.object({
    decision: v.string(),
    with: v.picklist(sources),
    isSame: v.nullable(v.boolean()),
  }),
} satisfies Record<EventType, v.GenericSchema>

const json = v.unknown()
// Adapters have checked each contact. This checks only what would break a fold. It does so by hand, because an array
// schema creates an object for each item.
const contacts = v.custom<readonly unknown[]>((all) => Array.isArray(all) && all.every(isObjectWithId))
const account = v.looseObject({ id: v.nullable(v.string()) })
const undo = v.object({
  added: v.array(v.string()),
  replaced: contacts,
  isNamesOnly: v.exactOptional(v.literal(true)),
})
const folders = v.exactOptional(v.array(v.object({ id: v.string(), name: v.nullable(v.string()) })))
const ended = v.object({ cursor: json, undo: v.exactOptional(undo), folders })
const payloadSchemas: { readonly [T in EventType]?: v.GenericSchema } = {
  'consent.granted': v.object({ account }),
  'page.fetched': v.object({ contacts, skipped: v.array(v.any()), cursor: json }),
  'changes.fetched': v.object({
    upserted: contacts,
    removed: v.array(v.looseObject({ id: v.string(), folder: v.exactOptional(v.string()) })),
    skipped: v.array(v.any()),
    cursor: json,
  }),
  'attempt.completed': ended,
  'removal.held': ended,
  'list.checkpointed': v.object({
    contacts,
    skipped: v.array(v.any()),
    account: v.nullable(account),
    cursor: json,
    folders,
  }),
  'identity.decided': v.object({ contact: v.string() }),
}

const envelope = v.object({
  position: count,
  stream: v.picklist(sources),
  version: v.literal(VERSION),
  id: v.string(),
  time: v.pipe(v.string(), v.isoTimestamp()),
  attempt: v.nullable(v.string()),
})

/** The envelope of a fact that is recorded now. */
export const envelopeOf = ({ payload: _, ...fact }: Fact, id: string, time: string): NewEvent => ({
  ...fact,
  version: VERSION,
  id,
  time,
})

/** The payload of a stored event, once it is decrypted. */
export type OpenedPayload = { readonly value: unknown } | { readonly unreadable: Unreadable } | null

/** Whether the event has a type or a version that only a newer version of this package understands. */
export const isFromTheFuture = ({ type, version }: StoredEvent): boolean =>
  !(type in dataSchemas) || version > VERSION

/**
 * Checks a stored event: the file may be damaged, or edited by hand. An invalid payload is only marked as damaged,
 * because perhaps no list needs it. Throws `ImportFailure` `storage-damaged` if the envelope is invalid.
 */
export const fromStored = (
  { payload: _, isPayloadDamaged: __, ...stored }: StoredEvent,
  opened: OpenedPayload,
): RecordedEvent => {
  const type = stored.type as EventType
  if (!v.is(envelope, stored) || !v.is(dataSchemas[type], stored.data)) {
    throw new ImportFailure('storage-damaged', { serviceCode: `event ${stored.position}` })
  }
  return withIncomplete({ ...stored, ...checked(type, opened) } as RecordedEvent)
}

const checked = (type: EventType, opened: OpenedPayload) => {
  if (opened === null) return { payload: null }
  const schema = payloadSchemas[type]
  if ('unreadable' in opened) return { payload: null, unreadable: opened.unreadable }
  return schema === undefined || v.is(schema, opened.value)
    ? { payload: opened.value }
    : { payload: null, unreadable: 'damaged' }
}

/** Earlier versions did not count the contacts with incomplete fields. */
const withIncomplete = (event: RecordedEvent): RecordedEvent => {
  switch (event.type) {
    case 'attempt.completed':
    case 'removal.approved':
      return { ...event, data: counted(event.data) }
    case 'removal.held':
      return { ...event, data: { ...event.data, completion: counted(event.data.completion) } }
    default:
      return event
  }
}

const counted = (completion: Completion): Completion => Object.assign({ incomplete: 0 }, completion)

const isObjectWithId = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
