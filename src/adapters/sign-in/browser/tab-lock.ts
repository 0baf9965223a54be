/**
 * Runs work while no other tab of the origin runs work under this name (Web Locks API). The lock ends with its tab. Without
 * such locks, which only secure contexts have, the work runs anyway. Rejects with the signal's reason if it aborts before
 * the work begins.
 */
export const withTabLock = async <T>(
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> => {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } }
  const locks = navigator?.locks
  return locks === undefined ? work() : locks.request(name, { signal }, work)
}
