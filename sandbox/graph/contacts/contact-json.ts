import type { Item } from '../../mailbox/item.ts'
import { contactProperties } from './contact-properties.ts'
import { expanded } from './expand.ts'

/** How a contact is written. */
export interface ContactShape {
  /** Null: all properties. */
  readonly select: readonly string[] | null
  /** The ids of the extended properties to return; absent or null: none. */
  readonly expand?: readonly string[] | null
  readonly immutableIds: boolean
  /** Lists cut off notes; a contact requested by its id has them in full. */
  readonly inList: boolean
  /** Items of a delta name their type. */
  readonly typed?: boolean
}

/** The maximum length of `personalNotes` in lists (microsoft-graph-docs issue 17598). */
const NOTES_IN_LISTS = 256
/** Shapes cached per contact: a listing, its details, a delta, and one spare. */
const REMEMBERED = 4

const texts = new WeakMap<Item, Map<string, string>>()

/** A contact as JSON. Cached by item and shape: items never change, a changed contact is a new item. */
export const contactJson = (item: Item, shape: ContactShape): string => {
  const { select, expand, immutableIds, inList, typed = false } = shape
  const name = `${immutableIds} ${inList} ${typed} ${select?.join() ?? '*'} ${expand?.join() ?? ''}`
  const remembered = texts.get(item) ?? new Map<string, string>()
  const known = remembered.get(name)
  if (known !== undefined) return known
  const text = JSON.stringify(contactObject(item, shape))
  if (remembered.size >= REMEMBERED) remembered.clear()
  texts.set(item, remembered.set(name, text))
  return text
}

const contactObject = (item: Item, { select, expand, immutableIds, inList, typed }: ContactShape): object => {
  const id = immutableIds ? item.immutableId : item.id
  const result: Record<string, unknown> = typed === true ? { '@odata.type': '#microsoft.graph.contact' } : {}
  result['@odata.etag'] = `W/"${item.changeKey}"`
  result.id = id
  for (const property of select ?? contactProperties)
    if (property !== 'id') result[property] = valueOf(item, property, inList)
  const extended = expanded(item.fields.extended, expand ?? [])
  // Graph omits the property if a contact has none of the requested ones.
  if (extended.length > 0) result.singleValueExtendedProperties = extended
  return result
}

const valueOf = (item: Item, property: string, inList: boolean): unknown => {
  const { fields } = item
  switch (property) {
    case 'createdDateTime':
      return item.created
    case 'lastModifiedDateTime':
      return item.modified
    case 'changeKey':
      return item.changeKey
    case 'parentFolderId':
      return item.folderId
    case 'primaryEmailAddress':
      return fields.emailAddresses[0] ?? null
    case 'secondaryEmailAddress':
      return fields.emailAddresses[1] ?? null
    case 'tertiaryEmailAddress':
      return fields.emailAddresses[2] ?? null
    case 'personalNotes':
      return inList ? (fields.personalNotes?.slice(0, NOTES_IN_LISTS) ?? null) : fields.personalNotes
    default:
      return fields[property as keyof typeof fields]
  }
}
