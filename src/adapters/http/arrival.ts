import type { Context } from '@microsoft/microsoft-graph-client'

const listeners = new WeakMap<Context, () => void>()

/** Calls back when the answer to a request is there, and before it is read: others can be on their way meanwhile. */
export const onArrival = (context: Context, listener: () => void): void => {
  listeners.set(context, listener)
}

/** To be told by whoever sends the request. */
export const arrived = (context: Context): void => listeners.get(context)?.()
