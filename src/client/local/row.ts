import type { Contact } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import { displayName } from '../../projections/display-name.ts'
import { firstToCall } from '../../projections/first-to-call.ts'
import type { NameOrder } from '../../projections/order/name-order.ts'
import type { Row } from '../contacts-client.ts'

/**
 * The row of a contact.
 *
 * @param sources where the contacts of the same person come from
 */
export const rowOf = (
  contact: Contact,
  nameOrder: NameOrder,
  sources: readonly Source[] = [contact.source],
): Row => {
  const addresses = contact.emails.filter(
    ({ address, routingType }) => address !== undefined && routingType === undefined,
  )
  return {
    key: contact.key,
    source: contact.source,
    sources,
    name: displayName(contact, nameOrder),
    organization: contact.organization?.name ?? null,
    phone: firstToCall(contact.phones) ?? null,
    email: (addresses.find(({ preferred }) => preferred) ?? addresses[0])?.address ?? null,
    isIncomplete: contact.incomplete !== undefined,
  }
}
