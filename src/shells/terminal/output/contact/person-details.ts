import { NOTE_SEPARATOR, onlySource, personNotes } from '../../../../index.ts'
import type { PersonDetails, Source } from '../../../../index.ts'
import type { Messages } from '../../../../messages.ts'
import { contactDetails } from './contact-details.ts'
import type { DetailGroup } from './contact-details.ts'
import { shortNames } from './person-sources.ts'

/** About the first contact only. */
const ownGroups = ['Incomplete', 'Origin']

/** The fields of a person. Those that not all sources have are followed by the name of their own. */
export const personDetails = (
  person: PersonDetails,
  folderName: string | null | undefined,
  messages: Messages,
): readonly DetailGroup[] => {
  const { contact, contacts, numberSources } = person
  const groups = contactDetails(contact, folderName, messages)
  if (contacts.length < 2) return groups
  const known = new Map(
    contacts.map((each) => {
      const own = contactDetails(each, undefined, messages).map(
        ({ title, fields }) => [title, new Set(fields.flatMap(([, text]) => partsOf(text)))] as const,
      )
      return [each, new Map(own)]
    }),
  )
  const sourceOf = (title: string, text: string): Source | null => {
    if (ownGroups.includes(title)) return null
    if (title === 'Numbers')
      return numberSources[contact.phones.findIndex(({ value }) => value === text)] ?? null
    return onlySource(contacts, (each) =>
      partsOf(text).every((part) => known.get(each)?.get(title)?.has(part)),
    )
  }
  return groups.map(({ title, fields }) => ({
    title,
    fields: fields.map(([label, text]) => {
      const source = sourceOf(title, text)
      if (source) return [label, marked(text, source)]
      const isNote = title === 'Note'
      const isList = title === 'Personal' && lists.includes(label)
      if (!isNote && !isList) return [label, text]
      const parts = isNote ? personNotes(contacts) : text.split('\n')
      const told = parts.map((part) => marked(part, sourceOf(title, part)))
      return [label, told.join(isNote ? NOTE_SEPARATOR : '\n')]
    }),
  }))
}

/** Values of `Personal` with a line for each. */
const lists = ['children', 'categories']

const marked = (text: string, source: Source | null): string =>
  source === null ? text : `${text} (${shortNames[source]})`

/** Lists are joined by commas or lines. */
const partsOf = (text: string): readonly string[] => text.toLowerCase().split(/, |\n/)
