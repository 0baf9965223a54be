import { isOnline } from '../../async/is-online.ts'
import { ImportFailure } from '../../domain/failures.ts'

/**
 * Makes something whose code is loaded when it is first needed: a page shows its list without it. If a page cannot load it, fails
 * as `offline` or `service-unavailable`, and the next call tries again. Chromium does so only after the page was loaded again.
 */
export const onDemand = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null
  const start = async (): Promise<T> => {
    try {
      return await make()
    } catch (error) {
      made = null
      // A page learns no cause: no network, and a file that the app's server no longer has, are the same to it.
      throw new ImportFailure(isOnline() === false ? 'offline' : 'service-unavailable', {}, error)
    }
  }
  return () => (made ??= start())
}
