import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import { FIRST_LINKING } from '../../projections/tombstones.ts'

/** The linkings of a source that the store still records, including the current one. Needs no key. */
export const recordedLinkings = async (store: EventStore, source: Source): Promise<readonly string[]> => {
  const linkings = [FIRST_LINKING]
  for await (const { stream, type, id } of store.read(0, { payloads: false }))
    if (stream === source && type === 'account.signed-out') linkings.push(id)
  return linkings
}
