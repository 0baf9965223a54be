/**
 * What to ask for: reading contacts, and no more, because many tenants let people agree to that by
 * themselves, but not to writing (Microsoft docs: "Manage app consent policies"). Named in full for a Graph
 * on https, so that national clouds get a token for their own Graph; providers on this machine know no
 * resources, and take the short name.
 */
export const scopesFor = (graphUrl: string): string[] => {
  const { protocol, origin } = new URL(graphUrl)
  return [protocol === 'https:' ? `${origin}/Contacts.Read` : 'Contacts.Read']
}

/** Whether what was granted lets us read contacts; scope names have no case (Graph permissions reference). */
export const coverContacts = (granted: readonly string[]): boolean =>
  granted.some((scope) => /(^|\/)contacts\.read(write)?$/i.test(scope))
