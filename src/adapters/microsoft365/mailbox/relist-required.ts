/** What was known of the mailbox does not hold any more: it has to be listed anew. */
export class RelistRequired extends Error {
  override readonly name = 'StaleListing'

  constructor(cause?: unknown) {
    super('The mailbox has to be listed anew', { cause })
  }
}
