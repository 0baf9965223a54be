export interface ImportOrder {
  /** What the access token is read from whenever one is asked for; its owner renews it. */
  readonly tokenFile: string
  /** Where files may be made. */
  readonly folder: string
  /** Aborts when the person cancels. */
  readonly signal: AbortSignal
  /** Takes a contact for the list: as the client gives it, under the id that the mailbox has for it. */
  readonly keep: (id: string, contact: unknown) => void
}

/** A way to import contacts. */
export interface Contender {
  /** Whether the folders beside and below the default one are read as well. */
  readonly allFolders: boolean
  /** Resolves when the list is whole, as far as the client knows. Rejects with why there is none, or half of one. */
  importContacts(order: ImportOrder): Promise<void>
  /** Imports, lets something happen, asks for the changes, and keeps the list as it is then. */
  refreshContacts?(order: ImportOrder, meanwhile: () => void): Promise<void>
}
