import { onlySource } from '../../../index.ts'
import type { ContactFolder, PersonDetails, Source } from '../../../index.ts'
import type { CardSection, Messages } from '../../../messages.ts'
import { cardGroups } from './card-fields.ts'

/** Of which source a value on the card is, if the person has contacts in others that do not have it. */
export const valueSource = (
  { contacts, numberSources }: PersonDetails,
  texts: Messages,
  folders: readonly ContactFolder[],
): ((section: CardSection, text: string, at: number) => Source | null) => {
  const known = new Map(
    contacts.map((contact) => {
      const sections = cardGroups(contact, texts, folders).map(
        ({ section, values }) => [section, new Set(values.map(({ text }) => text.toLowerCase()))] as const,
      )
      return [contact, new Map(sections)]
    }),
  )
  return (section, text, at) => {
    if (section === 'phones') return numberSources[at] ?? null
    const whole = text.toLowerCase()
    return onlySource(contacts, (contact) => {
      const own = known.get(contact)?.get(section)
      return own !== undefined && (own.has(whole) || whole.split(', ').every((part) => own.has(part)))
    })
  }
}
