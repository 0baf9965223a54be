import type { EventStore, StoredEvent } from '../../src/index.ts'

/** A store that cannot read the payloads of some events any more, and perhaps no saved view either. */
export const losingPayloads = (
  store: EventStore,
  isLost: (event: StoredEvent) => boolean,
  { views = true } = {},
): EventStore => ({
  ...store,
  loadView: async (name, version) => (views ? store.loadView(name, version) : null),
  async *read(from, options) {
    for await (const event of store.read(from, options)) {
      const isRead = options.payloads && event.payload !== null
      yield isRead && isLost(event) ? { ...event, payload: null, isPayloadDamaged: true } : event
    }
  },
})
