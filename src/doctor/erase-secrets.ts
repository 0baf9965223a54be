import { vaultOfFile } from '../adapters/keys/vault-of-file.ts'
import { realPath } from '../adapters/files/real-path.ts'
import { hasSecondName } from '../adapters/stores/sqlite/file/safe-files.ts'
import { examineFile } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import { LinkingKeys } from '../book/log/linking-keys.ts'
import { recordedLinkings } from '../book/maintenance/recorded-linkings.ts'
import { isImportFailure, signOutSteps } from '../domain/failures.ts'
import type { SignOutStep } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import { eraseKeys, keyFolder } from './erase-keys.ts'

/**
 * Signs out of a store that cannot be opened because it is damaged, replaced by something else, or untrusted: destroys the
 * keys of the account's contacts and removes its tokens. If not even the events can be read, it destroys the keys of all
 * accounts in the store, because those can no longer be used either.
 *
 * Resolves to what may be left: `contacts` always, `keys` if the contacts may still be readable, `tokens` if they may be
 * beside another name of the file. Null if there was neither a key nor a token, and the file is not a store. Does not throw
 * an `ImportFailure`.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const eraseSecrets = async (
  store: string,
  { source, signIn }: Pick<LinkedSource, 'source' | 'signIn'>,
): Promise<readonly SignOutStep[] | null> => {
  const hadTokens = await isDone(signIn.hasTokens?.() ?? Promise.resolve(true), true)
  const isErased = await isDone(signIn.signOut().then(() => true))
  const keys = await destroyKeys(store, source).catch((error: unknown) => {
    if (isImportFailure(error)) return 'left' as const
    throw error
  })
  if (keys === 'none' && !hadTokens) return null
  const isGone = {
    tokens: isErased && (hadTokens || !isLinked(store)),
    keys: keys === 'destroyed',
    contacts: false,
  }
  return signOutSteps.filter((step) => !isGone[step])
}

const isDone = (work: Promise<boolean>, unknown = false): Promise<boolean> =>
  work.catch((error: unknown) => {
    if (isImportFailure(error)) return unknown
    throw error
  })

const isLinked = (store: string): boolean => {
  try {
    return hasSecondName(realPath(store))
  } catch {
    return true
  }
}

/** `none`: there is neither a store nor a key. */
const destroyKeys = async (store: string, source: Source): Promise<'destroyed' | 'left' | 'none'> => {
  const real = realPath(store)
  const { log } = await examineFile(real, async (events) => ({
    storeKey: events.key,
    isPlain: events.plain,
    linkings: await recordedLinkings(events, source),
  }))
  if (log === null) {
    const { deleted, left } = await eraseKeys(keyFolder(real))
    if (left.length > 0) return 'left'
    return deleted.length > 0 ? 'destroyed' : 'none'
  }
  await new LinkingKeys(vaultOfFile(real), log.storeKey).destroy(source, log.linkings)
  return log.isPlain ? 'left' : 'destroyed'
}
