import { isOnline } from '../async/is-online.ts'
import { ImportFailure } from '../domain/failures.ts'

/**
 * Loads code that a page does not need to open a book and show its list. Only for what a person asks for and what can be
 * asked again, and for work that may as well be done later: no command, no report and no erasure may wait for a chunk.
 *
 * Rejects with `offline` or `service-unavailable` if the page cannot load it. (It learns no cause: no network, and a file
 * that the app's server no longer has, are the same to it.) The next call tries again, for which Chromium needs the page
 * to be loaded again: it asks for a module once (measured in Chromium 147).
 */
export const loadOnUse = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await load()
  } catch (error) {
    throw new ImportFailure(isOnline() === false ? 'offline' : 'service-unavailable', {}, error)
  }
}
