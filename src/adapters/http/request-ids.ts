import type { Middleware } from '@microsoft/microsoft-graph-client'

/** Gives each request an id of its own, by which Microsoft finds it (Graph: `client-request-id`). */
export const requestIds = (next: Middleware): Middleware => ({
  execute: async (context) => {
    const headers = new Headers(context.options?.headers)
    headers.set('client-request-id', crypto.randomUUID())
    context.options = { ...context.options, headers }
    await next.execute(context)
  },
})
