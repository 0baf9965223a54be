export interface ImportOrder {
  /** The file with the access token. Read it for each request that needs a token: it is renewed there. */
  readonly tokenFile: string
  /** For the client's own files. */
  readonly folder: string
  /** Aborts when the person cancels. */
  readonly signal: AbortSignal
  /** Adds a contact to the list: as the client returns it, with its id in the mailbox. */
  readonly keep: (id: string, contact: unknown) => void
}

/** A client that imports contacts. */
export interface Contender {
  /** Whether the folders beside and below the default one are read as well. */
  readonly allFolders: boolean
  /** Resolves when the list is complete, as far as the client knows. Rejects with the reason if it is not. */
  importContacts(order: ImportOrder): Promise<void>
  /** Imports, calls `meanwhile`, requests the changes, and keeps the resulting list. */
  refreshContacts?(order: ImportOrder, meanwhile: () => void): Promise<void>
}
