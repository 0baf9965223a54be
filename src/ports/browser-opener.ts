/** Port: shows an address to the person. Resolves to false where no browser could be asked to. Never throws. */
export type BrowserOpener = (address: string) => Promise<boolean>
