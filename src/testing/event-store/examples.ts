import type { EventStore, NewEvent, StoredEvent } from '../../ports/event-store.ts'

/** An event with the given payload, identified by its id. */
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
  payload,
  ...given,
})

export const readAll = async (store: EventStore, from = 0, payloads = true): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const event of store.read(from, { payloads })) events.push(event)
  return events
}

/** The ids of the events that still have their payload. */
export const idsWithPayload = async (store: EventStore): Promise<string[]> =>
  (await readAll(store)).filter(({ payload }) => payload !== null).map(({ id }) => id)
