import { addressFields, listFields, textFields } from '../../mailbox/contact-fields.ts'
import { graphErrors } from '../graph-error.ts'

/** Every structural property of microsoft.graph.contact (v1.0 metadata), in the order of Graph's responses. */
export const contactProperties: readonly string[] = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'categories',
  'parentFolderId',
  'birthday',
  ...textFields,
  ...listFields.filter((field) => field !== 'categories'),
  'emailAddresses',
  'primaryEmailAddress',
  'secondaryEmailAddress',
  'tertiaryEmailAddress',
  ...addressFields,
]

const known = new Set(contactProperties)

/** The properties of `$select`, or null for all. Throws Graph's error for an unknown one. */
export const readSelect = (query: URLSearchParams): readonly string[] | null => {
  const select = query.get('$select')
  if (select === null || select.trim() === '') return null
  const properties = select.split(',').map((property) => property.trim())
  for (const property of properties) if (!known.has(property)) throw graphErrors.unknownProperty(property)
  return properties
}
