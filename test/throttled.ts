/** A fault of the sandbox: after `skip` requests for contacts, Graph demands a long wait. */
export const throttledAfter = (skip: number): string =>
  JSON.stringify({ kind: 'status', status: 429, retryAfter: 90, match: 'contacts/*?$select', skip })
