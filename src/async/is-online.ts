/**
 * Whether the device has a network, as far as a browser knows (HTML, `navigator.onLine`): false is certain, true may be a
 * network without a way to the service. Undefined in runtimes that do not say (Node).
 */
export const isOnline = (): boolean | undefined => {
  const { navigator } = globalThis as { readonly navigator?: { readonly onLine?: unknown } }
  return typeof navigator?.onLine === 'boolean' ? navigator.onLine : undefined
}
