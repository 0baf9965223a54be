import { isImportFailure } from '../../domain/failures.ts'
import type { FailureCode } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { Tombstones } from '../../projections/tombstones.ts'
import type { RecordOptions } from '../log/recorder.ts'

/**
 * Erases the rest of an account once `account.signed-out` is recorded and the payloads are dropped. Each step
 * may be repeated. Envelopes are erased last: as long as they exist, the next opening knows that the erasure is
 * unfinished.
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
 * Finishes interrupted erasures and resolves to their sources. If the store still cannot be written, it leaves them
 * to a later opening: that is no reason to hide the contacts of other accounts.
 */
export const finishErasing = async (
  store: EventStore,
  { last }: Tombstones,
  linked: ReadonlyMap<Source, LinkedSource>,
  diagnose: (error: unknown) => void,
): Promise<readonly Source[]> => {
  const finished: Source[] = []
  for (const source of sources) {
    const { position, before } = last[source] ?? { position: 0, before: 0 }
    // Only a book that can also remove the tokens may finish the erasure.
    const own = linked.get(source)
    if (before === 0 || !own) continue
    try {
      await eraseAccount(store, source, position, own)
      finished.push(source)
    } catch (error) {
      if (!isImportFailure(error) || !needWriting.includes(error.code)) throw error
      diagnose(error)
    }
  }
  return finished
}

/**
 * Records a sign-out, even on a nearly full disk. There it deletes the tokens first, which are files of their own:
 * that frees enough space for the event alone. The erasure then drops the payloads.
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
