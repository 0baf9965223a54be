import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client'

/** How many requests the service serves at once for one of ours: the parts of a batch that it runs in parallel. */
export class RequestWeight implements MiddlewareOptions {
  readonly weight: number

  constructor(weight: number) {
    this.weight = weight
  }
}

/** 1 where the request does not say. */
export const weightOf = ({ middlewareControl }: Context): number => {
  const option = middlewareControl?.getMiddlewareOptions(RequestWeight)
  return option instanceof RequestWeight ? option.weight : 1
}

const never = new AbortController().signal

/** The signal that ends a request; one that never aborts where none was given. */
export const requestSignal = (context: Context): AbortSignal => context.options?.signal ?? never

const listeners = new WeakMap<Context, () => void>()

/** Calls back when the answer to a request is there and not yet parsed: other requests can go out meanwhile. */
export const onArrival = (context: Context, listener: () => void): void => {
  listeners.set(context, listener)
}

/** Called by the transport when the answer is there. */
export const arrived = (context: Context): void => listeners.get(context)?.()

/** Gives each request an id of its own, by which Microsoft finds it (Graph: `client-request-id`). */
export const requestIds = (next: Middleware): Middleware => ({
  execute: async (context) => {
    const headers = new Headers(context.options?.headers)
    headers.set('client-request-id', crypto.randomUUID())
    context.options = { ...context.options, headers }
    await next.execute(context)
  },
})
