import type { Context } from '@microsoft/microsoft-graph-client'

const never = new AbortController().signal

/** The signal that ends a request; one that never does where none was given. */
export const requestSignal = (context: Context): AbortSignal => context.options?.signal ?? never
