import { vaultOfFile } from '../adapters/keys/vault-of-file.ts'
import { openSqliteStore } from '../adapters/stores/sqlite/open-store.ts'
import { sqliteLocks } from '../adapters/stores/sqlite/run-locks.ts'
import { systemClock } from '../adapters/system/system-clock.ts'
import { openContactBook } from '../book/open.ts'
import { sources } from '../domain/source.ts'
import type { Source } from '../domain/source.ts'
import type { LinkedSource } from '../ports/linked-source.ts'

/**
 * Signs out of every account in a store and erases the contacts, so that other programs that have the store open also
 * forget them. Resolves to the sources. Throws `ImportFailure` `storage-…` if that is impossible.
 *
 * Does not remove tokens: the caller does that in any case.
 */
export const signOutOfAll = async (store: string): Promise<readonly Source[]> => {
  const events = await openSqliteStore(store)
  try {
    const book = await openContactBook({
      store: { events, locks: sqliteLocks(store), keys: vaultOfFile(store) },
      sources: sources.map(withoutService),
      clock: systemClock,
    })
    const signedOut: Source[] = []
    for (const { source, state } of book.accounts.get())
      if (state !== 'idle' && (await book.signOut(source)).ok) signedOut.push(source)
    await book.close()
    return signedOut
  } finally {
    await events.close()
  }
}

/** A source whose service is never called. */
const withoutService = (source: Source): LinkedSource => ({
  source,
  signIn: {
    signIn: () => Promise.reject(new TypeError('this book signs out only')),
    signOut: () => Promise.resolve(),
    close: () => Promise.resolve(),
  },
  contacts: {
    source,
    fetch: () => {
      throw new TypeError('this book signs out only')
    },
  },
})
