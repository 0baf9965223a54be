import type { EventStore, NewEvent, StoredEvent } from '../../../ports/event-store.ts'

/** An event with this id. Its payload, if there is one, is the value as JSON. */
export const exampleEvent = (
  id: string,
  payload: unknown = null,
  given: Partial<NewEvent> = {},
): NewEvent => ({
  stream: 'microsoft365',
  type: 'page.fetched',
  version: 1,
  id,
  time: '2026-11-23T08:15:00.000Z',
  attempt: 'attempt-1',
  data: { page: 1, contacts: 3, skipped: {} },
  payload: payload === null ? null : jsonBytes(payload),
  ...given,
})

/** A JSON value as bytes. */
export const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

export const jsonIn = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

/** The events with the values of their payloads. */
export const readAll = async (store: EventStore, from = 0, payloads = true) => {
  const events: (Omit<StoredEvent, 'payload'> & { readonly payload: unknown })[] = []
  for await (const event of store.read(from, { payloads }))
    events.push({ ...event, payload: event.payload === null ? null : jsonIn(event.payload) })
  return events
}

/** The values of the parts of a saved view; null if there is no such view. */
export const partsOf = async (store: EventStore, name: string, version: number) =>
  (await store.loadView(name, version))?.parts.map(jsonIn) ?? null

/** The ids of the events that still have their payload. */
export const idsWithPayload = async (store: EventStore): Promise<string[]> =>
  (await readAll(store)).filter(({ payload }) => payload !== null).map(({ id }) => id)
