import type { Outcome, Source, StateName } from '../../../index.ts'
import { explainCancelled, explainFailure, explainSignedOut } from '../../../messages.ts'
import type { Explanation } from '../../../messages.ts'
import type { CommandContext } from '../command.ts'
import type { OpenedBook } from '../parts.ts'
import { situationOf } from './situation.ts'

/** The end of an attempt. */
export interface End extends Pick<Outcome, 'code' | 'details'> {
  readonly state: StateName
}

/** Explains the end of an attempt; null if it needs no explanation. */
export const explainEnd = (
  context: Pick<CommandContext, 'messages' | 'program'>,
  opened: OpenedBook,
  source: Source,
  { state, code, details }: End,
): Explanation | null => {
  const { messages } = context
  const { adminConsentLink, book } = opened
  const situation = situationOf(context, opened, source)
  if (code !== null)
    return explainFailure(messages, code, situation, {
      details,
      ...(source === 'microsoft365' && adminConsentLink !== undefined && { adminConsentLink }),
    })
  if (state !== 'cancelled') return null
  // An attempt that a sign-out ended counts as cancelled, but it cannot be restarted.
  const isSignedOut = book.accounts.get().some((each) => each.source === source && each.state === 'idle')
  return isSignedOut ? explainSignedOut(messages, situation) : explainCancelled(messages, situation)
}
