import type { Contact } from '../domain/contact.ts'
import type { Fact } from '../domain/events.ts'
import type { Decision } from './decide-command.ts'

/** What a person says of two contacts, and the state of both. */
export interface IdentityQuestion {
  /** UUID for both halves. */
  readonly decision: string
  /** Undefined: no such contact is on the device. */
  readonly contacts: readonly [Named | undefined, Named | undefined]
  /** Null takes back what the person said. */
  readonly isSame: boolean | null
  /** What the person said of them last. Null: nothing that counts. */
  readonly said: boolean | null
  readonly storeIsNewer: boolean
}

type Named = Pick<Contact, 'key' | 'source'>

/** Decides what a person says of two contacts: a half for the stream of each source, or why it is refused. Pure. */
export const decideIdentity = ({
  decision,
  contacts: [one, other],
  isSame,
  said,
  storeIsNewer,
}: IdentityQuestion): Decision => {
  if (storeIsNewer) return { ok: false, refusal: 'store-is-newer' }
  if (!one || !other) return { ok: false, refusal: 'contact-gone' }
  if (one.source === other.source) return { ok: false, refusal: 'one-source' }
  if (said === isSame) return { ok: true, facts: [] }
  const half = (of: Named, { source }: Named): Fact => ({
    type: 'identity.decided',
    stream: of.source,
    attempt: null,
    data: { decision, with: source, isSame },
    payload: { contact: of.key },
  })
  return { ok: true, facts: [half(one, other), half(other, one)] }
}
