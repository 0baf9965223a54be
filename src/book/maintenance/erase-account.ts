import { isImportFailure } from '../../domain/failures.ts'
import type { FailureCode } from '../../domain/failures.ts'
import { SignOutFailure } from '../../domain/failures.ts'
import type { SignOutStep } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { SignIn } from '../../ports/sign-in.ts'
import type { LinkingKeys } from '../log/linking-keys.ts'
import type { Tombstone, Tombstones } from '../../projections/tombstones.ts'
import type { RecordOptions } from '../log/recorder.ts'

/** A position before every event: an erasure up to it keeps all envelopes. */
const NO_TOMBSTONE = 0

/**
 * Erases the rest of an account once `account.signed-out` is recorded and the payloads are dropped. Each step
 * may be repeated, and one that fails does not stop the next. Envelopes are erased last, and only if everything else
 * succeeded: as long as they exist, the next opening knows that the erasure is unfinished. Throws a `SignOutFailure`
 * that names the steps that are left.
 */
export const eraseAccount = async (
  store: EventStore,
  keys: LinkingKeys,
  { position, ended }: Tombstone,
  linked: LinkedSource,
): Promise<void> => {
  const { source, signIn } = linked
  const failures = await withoutSecrets(signIn, () => keys.destroy(source, ended))
  await store.erase(source, failures.size === 0 ? position : NO_TOMBSTONE).catch((error: unknown) => {
    failures.set('contacts', error)
  })
  throwFailures(failures)
}

/**
 * Destroys the keys and removes the tokens of an account whose sign-out cannot be recorded: a failing store must not keep
 * the person signed in. Resolves to the steps that are left, including `contacts`.
 */
export const signOutUnrecorded = async (
  signIn: SignIn,
  destroyKeys: () => Promise<void>,
): Promise<readonly SignOutStep[]> => {
  const failures = await withoutSecrets(signIn, destroyKeys)
  throwDefects(failures)
  return [...failures.keys(), 'contacts']
}

type Failures = Map<SignOutStep, unknown>

const withoutSecrets = async (signIn: SignIn, destroyKeys: () => Promise<void>): Promise<Failures> => {
  const failures: Failures = new Map()
  const [keys, tokens] = await Promise.allSettled([destroyKeys(), signIn.signOut()])
  if (tokens.status === 'rejected') failures.set(stepOf(tokens.reason), tokens.reason)
  if (keys.status === 'rejected') failures.set('keys', keys.reason)
  return failures
}

/** A `storage-locked` concerns the keys: tokens whose key is locked have been removed. */
const stepOf = (failure: unknown): SignOutStep =>
  isImportFailure(failure) && failure.code === 'storage-locked' ? 'keys' : 'tokens'

const throwFailures = (failures: Failures): void => {
  throwDefects(failures)
  // The code of the store explains more than the code of a file beside it.
  const failure = failures.get('contacts') ?? failures.get('tokens') ?? failures.get('keys')
  if (isImportFailure(failure)) throw new SignOutFailure(failure.code, [...failures.keys()], failure)
}

/** An error without a failure code is a defect, and is rethrown unchanged. */
const throwDefects = (failures: Failures): void => {
  const defect = [...failures.values()].find((error) => !isImportFailure(error))
  if (defect !== undefined)
    throw defect instanceof Error ? defect : new Error('a sign-out failed', { cause: defect })
}

const needWriting: readonly FailureCode[] = [
  'storage-full',
  'storage-read-only',
  'storage-unavailable',
  'storage-busy',
  'storage-locked',
]

/**
 * Finishes interrupted erasures and resolves to their sources. If the store still cannot be written, it leaves them
 * to a later opening, because it must not hide the contacts of other accounts.
 */
export const finishErasing = async (
  store: EventStore,
  keys: LinkingKeys,
  { last }: Tombstones,
  linked: ReadonlyMap<Source, LinkedSource>,
  diagnose: (error: unknown) => void,
): Promise<readonly Source[]> => {
  const finished: Source[] = []
  for (const source of sources) {
    const tombstone = last[source]
    // Only a book that can also remove the tokens may finish the erasure.
    const own = linked.get(source)
    if (!tombstone || tombstone.before === 0 || !own) continue
    try {
      await eraseAccount(store, keys, tombstone, own)
      finished.push(source)
    } catch (error) {
      if (!isImportFailure(error) || !needWriting.includes(error.code)) throw error
      diagnose(error)
    }
  }
  return finished
}

/**
 * Records a sign-out, even on a nearly full disk. On a full disk, it first deletes the tokens, which are separate files:
 * this frees enough space for the event alone. The erasure then drops the payloads.
 */
export const withRoom = async <T>(
  record: (options?: RecordOptions) => Promise<T>,
  linked: LinkedSource,
): Promise<T> => {
  try {
    return await record()
  } catch (error) {
    if (!isImportFailure(error) || error.code !== 'storage-full') throw error
    // If this fails, the erasure tries again and reports the failure.
    await linked.signIn.signOut().catch(() => undefined)
    return record({ dropsPayloads: false })
  }
}
