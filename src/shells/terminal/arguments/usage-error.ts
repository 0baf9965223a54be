/** The command line cannot be carried out as it was typed. The message is a sentence for the person. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
