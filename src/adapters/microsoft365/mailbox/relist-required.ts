/** What is known of the mailbox no longer holds: it has to be listed again from the beginning. */
export class RelistRequired extends Error {
  override readonly name = 'RelistRequired'

  constructor(cause?: unknown) {
    super('The mailbox has to be listed again', { cause })
  }
}
