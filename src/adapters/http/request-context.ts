import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import type { Detour } from './retry/stubborn-fault.ts'

/** How many requests the service serves at once for one of ours: a batch counts the parts that run in parallel. */
export class RequestWeight implements MiddlewareOptions {
  readonly weight: number

  constructor(weight: number) {
    this.weight = weight
  }
}

/** The weight of a request; 1 by default. */
export const weightOf = ({ middlewareControl }: Context): number => {
  const option = middlewareControl?.getMiddlewareOptions(RequestWeight)
  return option instanceof RequestWeight ? option.weight : 1
}

const never = new AbortController().signal

/** The signal that ends a request; if none was given, one that never aborts. */
export const requestSignal = (context: Context): AbortSignal => context.options?.signal ?? never

const listeners = new WeakMap<Context, () => void>()

/** Calls back when the response has arrived and before it is parsed, so that other requests can go out meanwhile. */
export const onArrival = (context: Context, listener: () => void): void => {
  listeners.set(context, listener)
}

/** The transport calls this when the response has arrived. */
export const arrived = (context: Context): void => listeners.get(context)?.()

const detours = new WeakMap<Context, Detour>()

/** Lets a request fail with `StubbornFault` before its time for retries is over. */
export const setDetour = (context: Context, detour: Detour): void => {
  detours.set(context, detour)
}

export const detourOf = (context: Context): Detour | null => detours.get(context) ?? null

/** Gives each request a unique id by which Microsoft can find it (Graph: `client-request-id`). */
export const requestIds = (next: Middleware): Middleware => ({
  execute: async (context) => {
    const headers = new Headers(context.options?.headers)
    headers.set('client-request-id', crypto.randomUUID())
    context.options = { ...context.options, headers }
    await next.execute(context)
  },
})
