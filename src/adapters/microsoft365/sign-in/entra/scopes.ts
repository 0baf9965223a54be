/**
 * The scope to request: only reading contacts, because many tenants let users consent to that themselves, but not to
 * writing (Microsoft docs: "Manage app consent policies"). The full name for a Graph on https, so that national
 * clouds issue a token for their own Graph; providers on this machine know only the short name.
 */
export const scopesFor = (graphUrl: string): string[] => {
  const { protocol, origin } = new URL(graphUrl)
  return [protocol === 'https:' ? `${origin}/Contacts.Read` : 'Contacts.Read']
}

/** Whether the granted scopes include reading contacts. Scope names ignore case (Graph permissions reference). */
export const coverContacts = (granted: readonly string[]): boolean =>
  granted.some((scope) => /(^|\/)contacts\.read(write)?$/i.test(scope))
