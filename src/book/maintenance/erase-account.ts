import { isImportFailure } from '../../domain/failures.ts'
import type { FailureCode } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { Tombstones } from '../../projections/tombstones.ts'
import type { RecordOptions } from '../log/recorder.ts'

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

const needWriting: readonly FailureCode[] = ['storage-full', 'storage-read-only', 'storage-unavailable']

/**
 * Finishes what sign-outs left undone. What cannot be erased now either is left to a later open: it is no reason
 * to hide the contacts of other accounts.
 */
export const finishErasing = async (
  store: EventStore,
  { last }: Tombstones,
  linked: ReadonlyMap<Source, LinkedSource>,
  diagnose: (error: unknown) => void,
): Promise<void> => {
  for (const source of sources) {
    const { position, before } = last[source] ?? { position: 0, before: 0 }
    // Whoever finishes it must be able to remove the tokens as well.
    const own = linked.get(source)
    if (before === 0 || !own) continue
    try {
      await eraseAccount(store, source, position, own)
    } catch (error) {
      if (!isImportFailure(error) || !needWriting.includes(error.code)) throw error
      diagnose(error)
    }
  }
}

/**
 * Records a sign-out where there is hardly any room, too. Tokens are files of their own: they go first there, and
 * what they leave is enough for the record alone. Payloads are then dropped by the erasure.
 */
export const withRoom = async <T>(
  record: (options?: RecordOptions) => Promise<T>,
  linked: LinkedSource,
): Promise<T> => {
  try {
    return await record()
  } catch (error) {
    if (!isImportFailure(error) || error.code !== 'storage-full') throw error
    await linked.signIn.signOut()
    return record({ dropsPayloads: false })
  }
}
