import type { Contact, ContactKey } from '../domain/contact.ts'
import { decideIdentity } from '../machines/decide-identity.ts'
import type { ContactLists } from '../projections/contact-lists.ts'
import { identitiesOf, pairOf } from '../projections/people/identities.ts'
import type { BookCore } from './book-core.ts'
import type { CommandResult } from './contact-book.ts'

interface Said {
  readonly one: ContactKey
  readonly other: ContactKey
  readonly isSame: boolean | null
}

/** Records what a person says of two contacts. Throws as `ContactBook.identify` says. */
export const identify = (
  { log, options, queue, recorder, state }: BookCore,
  { one, other, isSame }: Said,
): Promise<CommandResult> => {
  const decision = options.clock.newId()
  const record = async (): Promise<CommandResult> => {
    await recorder.catchUp()
    const recorded = await recorder.record(() =>
      decideIdentity({
        decision,
        contacts: [contactWithKey(state.lists, one), contactWithKey(state.lists, other)],
        isSame,
        said: saidOf(state.lists, one, other),
        storeIsNewer: log.isNewer,
      }),
    )
    return recorded.decision.ok ? { ok: true, attempt: null } : recorded.decision
  }
  return queue.run(record, { urgent: true })
}

/** What the person said of a pair; null if nothing. */
const saidOf = (lists: ContactLists, one: ContactKey, other: ContactKey): boolean | null => {
  const pair = pairOf(one, other).join()
  return identitiesOf(lists).find(({ contacts }) => contacts.join() === pair)?.isSame ?? null
}

const contactWithKey = (lists: ContactLists, key: ContactKey): Contact | undefined => {
  for (const { contacts } of Object.values(lists))
    for (const contact of contacts.values()) if (contact.key === key) return contact
  return undefined
}
