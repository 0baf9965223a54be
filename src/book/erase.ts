import type { Source } from '../domain/source.ts'
import type { EventStore } from '../ports/event-store.ts'
import type { LinkedSource } from '../ports/linked-source.ts'

/**
 * What is left to do once `account.signed-out` is recorded and the payloads are dropped. Each step may be
 * repeated; envelopes go last, so that their presence tells the next open that something was left undone.
 */
export const eraseAccount = async (
  store: EventStore,
  source: Source,
  tombstone: number,
  linked: LinkedSource,
): Promise<void> => {
  await linked.signIn.signOut()
  await store.erase(source, tombstone)
}
