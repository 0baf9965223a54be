/** A fault of the sandbox: after so many requests for contacts, Graph asks to wait for long. */
export const throttledAfter = (skip: number): string =>
  JSON.stringify({ kind: 'status', status: 429, retryAfter: 90, match: 'contacts/*?$select', skip })
