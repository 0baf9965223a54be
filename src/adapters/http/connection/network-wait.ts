import type { Timers } from '../timers.ts'

/**
 * Says when the network is back: an `EventTarget` that dispatches `online`, such as `window` in a browser. A desktop
 * shell has one of its own and dispatches when its system says so, or when the device wakes up.
 */
export type NetworkEvents = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

/** The runtime's own; null if it has none (Node). */
export const runtimeNetwork = (): NetworkEvents | null =>
  typeof (globalThis as Partial<NetworkEvents>).addEventListener === 'function' ? globalThis : null

/** Dispatches what any of them dispatches. Null if there is none. */
export const anyNetwork = (
  one: NetworkEvents | null,
  other: NetworkEvents | undefined,
): NetworkEvents | null =>
  one === null || other === undefined
    ? (other ?? one)
    : {
        addEventListener: (...listener) => {
          one.addEventListener(...listener)
          other.addEventListener(...listener)
        },
        removeEventListener: (...listener) => {
          one.removeEventListener(...listener)
          other.removeEventListener(...listener)
        },
      }

/**
 * Waits until the network is back. Resolves to true as soon as `network` reports that, and to false after
 * `milliseconds`. Rejects with the signal's reason.
 */
export const waitForNetwork = async (
  milliseconds: number,
  signal: AbortSignal,
  { timers, network }: { readonly timers: Pick<Timers, 'wait'>; readonly network: NetworkEvents | null },
): Promise<boolean> => {
  const ended = new AbortController()
  const isBack = new Error('The network is back.')
  const back = () => ended.abort(isBack)
  const abort = () => ended.abort(signal.reason)
  signal.throwIfAborted()
  signal.addEventListener('abort', abort, { once: true })
  network?.addEventListener('online', back, { once: true })
  try {
    await timers.wait(milliseconds, ended.signal)
    return false
  } catch (error) {
    signal.throwIfAborted()
    if (ended.signal.reason === isBack) return true
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
    network?.removeEventListener('online', back)
  }
}
