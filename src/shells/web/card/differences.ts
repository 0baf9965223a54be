import type { Contact } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { cardGroups } from './card-fields.ts'
import type { CardValue } from './card-fields.ts'

/**
 * What one contact of a person says of fields with a single value, where the card shows what another one says. Numbers and
 * addresses of all are on the card, which knows when two are the same.
 *
 * @param shown the contact that the card shows
 */
export const differences = (contact: Contact, shown: Contact, texts: Messages): readonly CardValue[] => {
  const { fields } = texts.card
  const ofName = [fields.nickname, fields.phoneticName]
  const known = new Set(valuesOf(shown, texts).flatMap(({ text }) => [text, ...text.split(', ')]))
  return valuesOf(contact, texts).filter(
    ({ section, label, text }) => !known.has(text) && (section !== 'name' || ofName.includes(label)),
  )
}

const valuesOf = (contact: Contact, texts: Messages) =>
  cardGroups(contact, texts, [])
    .filter(({ section }) => section === 'work' || section === 'personal' || section === 'name')
    .flatMap(({ section, values }) => values.map((value) => ({ ...value, section })))
