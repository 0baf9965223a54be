import type { Phone } from '../domain/contact.ts'

/**
 * The number to call first: the one that the person preferred, else the first of the contact, as its source orders them. A fax
 * or a pager is one only if there is no other. Undefined: the contact has no number.
 */
export const firstToCall = (phones: readonly Phone[]): Phone | undefined => {
  const spoken = phones.filter(({ kind }) => kind !== 'fax' && kind !== 'pager')
  const all = spoken.length > 0 ? spoken : phones
  return all.find(({ preferred }) => preferred) ?? all[0]
}
