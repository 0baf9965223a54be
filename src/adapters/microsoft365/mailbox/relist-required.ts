/** The engine's knowledge of the mailbox is no longer valid: the mailbox has to be listed again from the beginning. */
export class RelistRequired extends Error {
  override readonly name = 'RelistRequired'

  constructor(cause?: unknown) {
    super('The mailbox has to be listed again', { cause })
  }
}
