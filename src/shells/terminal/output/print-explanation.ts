import type { Explanation } from '../../../messages.ts'
import { untrustedText } from './untrusted-text.ts'
import type { Output } from './output.ts'

/** Prints on standard error why something did not work, and what to do. */
export const printExplanation = (
  output: Output,
  { happened, next, kept, administrator }: Explanation,
  tone: 'bad' | 'warn' = 'bad',
): void => {
  output.note(happened, tone)
  if (kept !== null) output.note(kept)
  output.note(next)
  // The text for administrators contains codes that came from a service.
  if (administrator !== null) output.note(untrustedText(administrator), 'dim')
}
