import type { Fact } from '../../domain/events.ts'
import type { AccountState } from '../../machines/account-state.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'

/** The payloads that nobody needs once this fact stands: dropped in the same transaction. */
export const payloadDrops = (
  { type, stream, attempt }: Fact,
  account: AccountState,
): readonly PayloadDrop[] => {
  switch (type) {
    case 'attempt.failed':
    case 'attempt.cancelled':
      return attempt === null ? [] : [{ stream, attempt }]
    case 'attempt.requested': {
      // A newer attempt replaces a removal that was held and never approved.
      const held = account.context.held && account.context.attempt
      return held ? [{ stream, attempt: held.id }] : []
    }
    case 'account.signed-out':
      return [{ stream }]
    default:
      return []
  }
}
