/**
 * Port: opens an address in the person's browser. Resolves to false if no browser could be started. Never throws.
 *
 * The address is a link on this machine (`http://localhost:…`) that works in one browser only and contains no data of the
 * sign-in, so it may be passed in the arguments of a process.
 */
export type BrowserOpener = (address: string) => Promise<boolean>
