/** The views of the page, by the fragment of its address. No contact and no number is ever part of the address. */
export const routes = ['contacts', 'settings', 'call', 'inside', 'extra'] as const

export type Route = (typeof routes)[number]

/** The view of an address; My Contacts for an unknown one. */
export const routeOf = (hash: string): Route => routes.find((route) => hash === `#${route}`) ?? 'contacts'
