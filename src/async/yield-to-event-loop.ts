/**
 * Resolves when all that waits now has had its turn: timers, answers of the network, what a person presses.
 * Long work awaits it every few milliseconds, so that it holds up nothing.
 */
export const yieldToEventLoop = (): Promise<void> =>
  new Promise((resolve) => {
    // Browsers have no setImmediate; their timers are the next best.
    if ('setImmediate' in globalThis) setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
