import { NOTE_SEPARATOR, onlySource, personNotes } from '../../../index.ts'
import type { ContactFolder, PersonDetails, Source } from '../../../index.ts'
import type { CardSection, Messages } from '../../../messages.ts'
import { cardGroups } from './card-fields.ts'
import type { CardGroup, CardValue } from './card-fields.ts'

/** A value of a person, and its source if the contacts in the others do not have it. */
export interface SourcedValue extends CardValue {
  readonly source: Source | null
}

/** Values under a heading. */
export interface SourcedGroup extends Pick<CardGroup, 'section'> {
  readonly values: readonly SourcedValue[]
}

/** Everything that the contacts of a person say. A value that is made of those of several sources comes in parts, by their source. */
export const sourcedGroups = (
  person: PersonDetails,
  texts: Messages,
  folders: readonly ContactFolder[],
): readonly SourcedGroup[] => {
  const sourceOf = valueSource(person, texts, folders)
  return cardGroups(person.contact, texts, folders).map(({ section, values }) => ({
    section,
    values: values.flatMap((value, at) => {
      const source = sourceOf(section, value.text, at)
      const whole = [{ ...value, source }]
      const made = source === null ? partsOf(section, value, person, texts) : null
      if (made === null) return whole
      const parts: { text: string; source: Source | null }[] = []
      for (const text of made.parts) {
        const ofPart = sourceOf(section, text, at)
        const last = parts.at(-1)
        if (last?.source === ofPart) last.text += made.separator + text
        else parts.push({ text, source: ofPart })
      }
      return parts.length < 2 ? whole : parts.map((part) => ({ ...value, ...part }))
    }),
  }))
}

/** The parts of a value that may be made of those of several contacts. */
const partsOf = (
  section: CardSection,
  { label }: CardValue,
  { contact: { children = [], categories }, contacts }: PersonDetails,
  { card: { fields } }: Messages,
): { readonly parts: readonly string[]; readonly separator: string } | null => {
  if (section === 'note') return { parts: personNotes(contacts), separator: NOTE_SEPARATOR }
  if (section === 'personal' && label === fields.children) return { parts: children, separator: ', ' }
  if (section === 'entry' && label === fields.categories) return { parts: categories, separator: ', ' }
  return null
}

/** Of which source a value on the card is, if the person has contacts in others that do not have it. */
const valueSource = (
  { contacts, numberSources }: PersonDetails,
  texts: Messages,
  folders: readonly ContactFolder[],
): ((section: CardSection, text: string, at: number) => Source | null) => {
  const known = new Map(
    contacts.map((contact) => {
      const sections = cardGroups(contact, texts, folders).map(
        ({ section, values }) =>
          [section, new Set(values.flatMap(({ text }) => withParts(text.toLowerCase())))] as const,
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

const withParts = (text: string): readonly string[] => [text, ...text.split(', ')]
