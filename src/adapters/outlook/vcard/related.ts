import type { DraftContact } from '../draft-contact.ts'
import { typesOf, type Property } from './property.ts'

type Relation = 'spouse' | 'child' | 'assistant' | 'manager'

/** Properties of one relation: of Evolution, of Outlook ([MS-OXVCARD]), and of Mozilla. */
const properties: Readonly<Record<string, Relation | undefined>> = {
  'X-SPOUSE': 'spouse',
  'X-EVOLUTION-SPOUSE': 'spouse',
  'X-MS-SPOUSE': 'spouse',
  'X-MS-CHILD': 'child',
  'X-ASSISTANT': 'assistant',
  'X-EVOLUTION-ASSISTANT': 'assistant',
  'X-MS-ASSISTANT': 'assistant',
  'X-MANAGER': 'manager',
  'X-EVOLUTION-MANAGER': 'manager',
  'X-MS-MANAGER': 'manager',
}

/** Types of `RELATED` (RFC 6350, section 6.6.6), and labels that Apple and others write. */
const words: Readonly<Record<string, Relation | undefined>> = {
  ...{ spouse: 'spouse', partner: 'spouse', child: 'child', agent: 'assistant' },
  ...{ assistant: 'assistant', manager: 'manager' },
}

/** Adds a person around a contact, if the property is one and tells a name. */
export const addRelated = (
  contact: DraftContact,
  children: string[],
  organization: Partial<Record<string, string>>,
  property: Property,
  text: string,
  label: string | undefined,
): void => {
  const relation = relationOf(property, text, label)
  if (relation === 'spouse') contact.spouse ??= text
  else if (relation === 'child') children.push(text)
  else if (relation !== undefined) organization[relation] ??= text
}

const relationOf = (property: Property, text: string, label: string | undefined): Relation | undefined => {
  const { name, parameters } = property
  if (name !== 'RELATED' && name !== 'X-ABRELATEDNAMES') return properties[name]
  const isUri = parameters.get('VALUE')?.[0]?.toLowerCase() !== 'text' && /^[a-z][a-z\d+.-]*:\S+$/i.test(text)
  if (name === 'RELATED' && isUri) return undefined
  return [...typesOf(property), (label ?? '').toLowerCase()].map((word) => words[word]).find(Boolean)
}
