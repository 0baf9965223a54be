/** Port: opens an address in the person's browser. Resolves to false if no browser could be asked. Never throws. */
export type BrowserOpener = (address: string) => Promise<boolean>
