/** Functions for yielding that a runtime may have. Typed here, because no type library knows all of them. */
interface Runtime {
  /** Node, Bun, Deno. */
  readonly setImmediate?: (callback: () => void) => unknown
}

/**
 * Resolves after other tasks have had a turn: timers, network responses, input. Long work awaits it every few
 * milliseconds, so that it does not block the event loop. If several tasks wait, each continues in a turn of its own.
 *
 * Never uses `setTimeout`: in a page it costs 4 ms a turn once nested (HTML, "timer initialization steps"), and up to a
 * second in a hidden tab. Nor `scheduler.yield`, whose tasks go before the frames of the page: during an import on a slow
 * machine, what a person typed was drawn after about a second.
 */
export const yieldToEventLoop = (): Promise<void> => {
  const { setImmediate } = globalThis as Runtime
  return new Promise((resolve) => {
    if (setImmediate !== undefined) inOwnTurn(resolve, setImmediate)
    else postMessage(resolve)
  })
}

const waiting: (() => void)[] = []

/** Node runs all immediates in one turn of its event loop: parsing four responses there would block it four times as long. */
const inOwnTurn = (callback: () => void, setImmediate: NonNullable<Runtime['setImmediate']>): void => {
  const turn = () => {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(turn)
  }
  if (waiting.push(callback) === 1) setImmediate(turn)
}

const postMessage = (callback: () => void): void => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    callback()
  }
  port2.postMessage(null)
}
