import type { Contact } from '../../domain/contact.ts'
import { displayName, joined } from '../display-name.ts'
import type { NameOrder } from '../order/name-order.ts'
import type { MatchedField } from './hit.ts'
import { foldText, LONGEST_TEXT, transcribeText } from './text/fold-text.ts'
import type { FoldedText } from './text/fold-text.ts'
import { COMPANY, EMAIL, NAME, SECOND_NAME } from './ranks.ts'
import type { WordGroup } from './ranks.ts'
import { splitWords } from './text/split-words.ts'
import type { Chunk } from './text/split-words.ts'

/** A text of a contact that is searched by words. */
export interface ContactText extends NamedText {
  readonly folded: FoldedText
  readonly chunks: readonly Chunk[]
  /** The same text as it is folded otherwise. Null: it is that itself. */
  readonly original: ContactText | null
}

interface NamedText {
  readonly field: MatchedField
  readonly text: string
  readonly group: WordGroup
}

/** E-mails and numbers beyond are not searched: no contact may make a search slow. */
const MOST_VALUES = 100
/** Code units after which no further text is searched, and no further number: the same for contacts with long values. */
const MOST_UNITS = 5000

/** The texts of a contact that are searched by words, the most telling first. */
export const contactTexts = (contact: Contact, nameOrder: NameOrder): readonly ContactText[] =>
  firstUnits(namedTexts(contact, nameOrder), ({ text }) => text).flatMap((named) => {
    const folded = foldText(named.text)
    const original: ContactText = { ...named, folded, chunks: splitWords(folded), original: null }
    const transcribed = transcribeText(named.text)
    if (transcribed === null) return [original]
    return [original, { ...named, folded: transcribed, chunks: splitWords(transcribed), original }]
  })

/** The numbers of a contact that are searched. */
export const searchedPhones = ({ phones }: Contact): readonly string[] =>
  firstUnits(
    phones.slice(0, MOST_VALUES).map(({ value }) => value),
    (value) => value,
  )

const firstUnits = <T>(values: readonly T[], textOf: (value: T) => string): readonly T[] => {
  let units = 0
  const end = values.findIndex((value) => {
    const isBeyond = units >= MOST_UNITS
    units += Math.min(textOf(value).length, LONGEST_TEXT)
    return isBeyond
  })
  return end === -1 ? values : values.slice(0, end)
}

const namedTexts = (contact: Contact, nameOrder: NameOrder): readonly NamedText[] => {
  const shown = displayName(contact, nameOrder)
  const isValue = isNumberOrAddress(contact, shown)
  const others = otherTexts(contact)
  const hasOwnName = shown === contact.name.full || others.every(({ text }) => text !== shown)
  const names = partsBeside(hasOwnName && !isValue ? [shown] : [], contact)
  const texts = names.map((text): NamedText => ({ field: 'name', text, group: NAME }))
  for (const other of others)
    // Most names that come with an address repeat that of the contact.
    if (!names.includes(other.text))
      // A contact that is listed by its nickname or company has no better name.
      texts.push(other.text === shown && !isValue ? { ...other, group: NAME } : other)
  return texts.filter(({ text }) => text !== '')
}

const isNumberOrAddress = ({ phones, emails }: Contact, text: string): boolean =>
  phones.some(({ value }) => value === text) || emails.some(({ address }) => address === text)

/** Adds the parts of a name that the displayed one lacks. */
const partsBeside = (names: string[], { name }: Contact): readonly string[] => {
  for (const part of [name.given, name.middle, name.family, name.fileAs])
    if (part !== undefined && !names.some((known) => ` ${known} `.includes(` ${part} `))) names.push(part)
  return names
}

const otherTexts = ({
  name,
  nickname,
  otherNames = [],
  organization,
  emails,
}: Contact): readonly NamedText[] => {
  const phonetic = joined(name.phoneticFamily, name.phoneticGiven)
  const texts: [MatchedField, WordGroup, string | undefined][] = [
    ['nickname', SECOND_NAME, nickname],
    ['phoneticName', SECOND_NAME, phonetic],
    ['organization', COMPANY, organization?.name],
    ['phoneticOrganization', COMPANY, organization?.phoneticName],
  ]
  for (const otherName of otherNames) texts.push(['nickname', SECOND_NAME, otherName])
  for (const { address, name, routingType } of emails.slice(0, MOST_VALUES)) {
    // The address of a colleague within Exchange means nothing to people.
    if (routingType === undefined) texts.push(['email', EMAIL, address])
    if (name !== address) texts.push(['email', EMAIL, name])
  }
  return texts.flatMap(([field, group, text]) => (text === undefined ? [] : [{ field, group, text }]))
}
