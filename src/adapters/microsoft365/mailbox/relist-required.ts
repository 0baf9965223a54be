/** The engine's knowledge of the mailbox is no longer valid: the mailbox has to be listed again from the beginning. */
export class RelistRequired extends Error {
  override readonly name = 'RelistRequired'
  /** A folder that the lists of folders leave out. */
  readonly folder: string | null

  constructor(cause?: unknown, folder: string | null = null) {
    super('The mailbox has to be listed again', { cause })
    this.folder = folder
  }
}
