import type { Item } from '../mailbox/item.ts'
import { contactProperties } from './contact-properties.ts'

/** What decides how a contact is written. */
export interface ContactShape {
  /** Null: all properties. */
  readonly select: readonly string[] | null
  readonly immutableIds: boolean
  /** Lists cut the notes; a contact that is asked for by its id has them whole. */
  readonly inList: boolean
  /** Items of a delta name their type. */
  readonly typed?: boolean
}

/** In lists Graph gives no more of `personalNotes` (microsoft-graph-docs issue 17598). */
const NOTES_IN_LISTS = 256
/** Shapes remembered per contact: a listing, its details, a delta, and one to spare. */
const REMEMBERED = 4

const texts = new WeakMap<Item, Map<string, string>>()

/** A contact as JSON. Remembered per item and shape: items never change, a changed contact is a new item. */
export const contactJson = (item: Item, shape: ContactShape): string => {
  const { select, immutableIds, inList, typed = false } = shape
  const name = `${immutableIds} ${inList} ${typed} ${select?.join() ?? '*'}`
  const remembered = texts.get(item) ?? new Map<string, string>()
  const known = remembered.get(name)
  if (known !== undefined) return known
  const text = JSON.stringify(contactObject(item, shape))
  if (remembered.size >= REMEMBERED) remembered.clear()
  texts.set(item, remembered.set(name, text))
  return text
}

const contactObject = (item: Item, { select, immutableIds, inList, typed }: ContactShape): object => {
  const { fields } = item
  const all: Record<string, unknown> = {
    ...fields,
    id: immutableIds ? item.immutableId : item.id,
    createdDateTime: item.created,
    lastModifiedDateTime: item.modified,
    changeKey: item.changeKey,
    parentFolderId: item.folderId,
    primaryEmailAddress: fields.emailAddresses[0] ?? null,
    secondaryEmailAddress: fields.emailAddresses[1] ?? null,
    tertiaryEmailAddress: fields.emailAddresses[2] ?? null,
    personalNotes: inList ? (fields.personalNotes?.slice(0, NOTES_IN_LISTS) ?? null) : fields.personalNotes,
  }
  const result: Record<string, unknown> = {
    ...(typed === true ? { '@odata.type': '#microsoft.graph.contact' } : {}),
    '@odata.etag': `W/"${item.changeKey}"`,
    id: all.id,
  }
  for (const property of select ?? contactProperties) result[property] = all[property]
  return result
}
