import type { FailureCode } from '../../../index.ts'

/**
 * The JSON object for a command that failed outside an attempt. The codes of the library, and those of the command line:
 * it is wrong, or it names a contact that is not there, or more than one.
 */
export const failureRecord = (failure: {
  readonly code: FailureCode | 'bad-usage' | 'unknown-key' | 'ambiguous-key'
  readonly store: string | null
  readonly message: string
  readonly next: string
}) => ({ source: null, state: 'failed', refusal: null, ...failure })
