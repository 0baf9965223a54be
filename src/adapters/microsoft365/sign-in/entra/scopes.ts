/**
 * The scope to request: reading contacts and no more, because many tenants let people consent to that by
 * themselves, but not to writing (Microsoft docs: "Manage app consent policies"). Named in full for a Graph on
 * https, so that national clouds issue a token for their own Graph; providers on this machine know the short
 * name only.
 */
export const scopesFor = (graphUrl: string): string[] => {
  const { protocol, origin } = new URL(graphUrl)
  return [protocol === 'https:' ? `${origin}/Contacts.Read` : 'Contacts.Read']
}

/** Whether the granted scopes include reading contacts. Their names ignore case (Graph permissions reference). */
export const coverContacts = (granted: readonly string[]): boolean =>
  granted.some((scope) => /(^|\/)contacts\.read(write)?$/i.test(scope))
