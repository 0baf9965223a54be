/** Resolves when what waits now has had its turn: long work in between must not hold it up. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    // Browsers have no setImmediate; their timers are the next best.
    if ('setImmediate' in globalThis) setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
