import type { Address, Email, IncompleteField, Phone } from '../../../domain/contact.ts'
import { isVisible } from '../../../formats/visible-text.ts'
import { substituteName, type DraftContact } from '../draft-contact.ts'
import { addressOf, emailOf, imOf, phoneOf } from './points.ts'
import { typesOf, type Property } from './property.ts'
import { PropertyTexts } from './property-text.ts'
import { OtherOrganizations } from './other-organizations.ts'
import { addRelated } from './related.ts'
import { dateOf, timeOf } from './vcard-dates.ts'

/** The lines of one vCard. */
export interface Card {
  readonly properties: readonly Property[]
  /** Names of the properties that are left out because they are too long. */
  readonly cut: readonly string[]
}

/** A contact, and the UID of its vCard. */
export interface CardContact {
  readonly contact: DraftContact
  readonly uid: string | undefined
}

/** Texts that a property of their own holds, by where they belong. */
const nameTexts = {
  'X-PHONETIC-FIRST-NAME': 'phoneticGiven',
  'X-PHONETIC-LAST-NAME': 'phoneticFamily',
} as const
const organizationTexts = { ROLE: 'profession', 'X-PHONETIC-ORG': 'phoneticName' } as const
const contactTexts = { NICKNAME: 'nickname', NOTE: 'note' } as const

/** Dates, with the names that Outlook and Evolution gave the anniversary before vCard 4.0 had one. */
const dates: Readonly<Record<string, 'birthday' | 'anniversary' | undefined>> = {
  BDAY: 'birthday',
  ANNIVERSARY: 'anniversary',
  'X-ANNIVERSARY': 'anniversary',
  'X-MS-ANNIVERSARY': 'anniversary',
  'X-EVOLUTION-ANNIVERSARY': 'anniversary',
  'X-ABDATE': 'anniversary',
}

type Name = Partial<Record<string, string>>

/** The contact of a vCard, which may have nothing in it. Never throws. Properties that it does not know are left out. */
export const mapCard = ({ properties, cut }: Card): CardContact => {
  const version = properties.find(({ name }) => name === 'VERSION')?.value.trim() ?? '3.0'
  const texts = new PropertyTexts(version)
  const labels = new Map<string, string>()
  for (const property of properties)
    if (property.name === 'X-ABLABEL') labels.set(property.group, texts.text(property))

  const [phones, emails, addresses]: [Phone[], Email[], Address[]] = [[], [], []]
  const [ims, sips, categories, children]: [string[], string[], string[], string[]] = [[], [], [], []]
  const others = new OtherOrganizations()
  const contact: DraftContact = { name: {}, phones, emails, addresses, ims, categories }
  const [name, organization]: [Name, Name] = [{}, {}]
  const incomplete: IncompleteField[] = cut.map((field) => ({ field, reason: 'malformed' }))
  let [fullName, sortName, uid, firstGroup]: (string | undefined)[] = []

  const isFirstKnown = () =>
    [organization['name'], organization['department'], organization['title']].some(
      (part) => part !== undefined,
    )

  for (const property of properties) {
    const label = property.group === '' ? undefined : labels.get(property.group)
    const given = label === undefined ? undefined : { text: bare(label), isOwn: bare(label) === label }
    const text = texts.text(property)
    if (text === '') continue
    switch (property.name) {
      case 'UID':
        uid ??= text
        break
      case 'FN':
        fullName ??= text
        break
      case 'N':
        addParts(name, ['family', 'given', 'middle', 'prefix', 'suffix'], texts.parts(property))
        sortName ??= property.parameters.get('SORT-AS')?.join(',')
        break
      case 'SORT-STRING':
        sortName ??= text
        break
      case 'ORG': {
        const [company = '', ...units] = texts.parts(property)
        const parts = [company, units.filter(Boolean).join(', ')] as const
        if (organization['name'] === undefined && organization['department'] === undefined) {
          addParts(organization, ['name', 'department'], parts)
          firstGroup = property.group
        } else others.add(property.group, parts)
        break
      }
      case 'X-PHONETIC-FIRST-NAME':
      case 'X-PHONETIC-LAST-NAME':
        name[nameTexts[property.name]] ??= text
        break
      case 'TITLE':
        if (!others.title(property.group, text, isFirstKnown() && property.group !== firstGroup))
          organization.title ??= text
        break
      case 'ROLE':
      case 'X-PHONETIC-ORG':
        organization[organizationTexts[property.name]] ??= text
        break
      case 'NICKNAME':
      case 'NOTE':
        contact[contactTexts[property.name]] ??= text
        break
      case 'TEL':
      case 'X-MS-TEL':
        phones.push(phoneOf(property, texts, given))
        break
      case 'EMAIL':
        emails.push(emailOf(property, texts, given))
        break
      case 'ADR': {
        const { address, office } = addressOf(property, texts, given)
        if (address) addresses.push(address)
        if (office !== undefined) organization.office ??= office
        break
      }
      case 'IMPP':
        if (/^sips?:/i.test(property.value)) sips.push(property.value)
        else ims.push(imOf(property.value))
        break
      case 'X-MS-IMADDRESS':
        ims.push(text)
        break
      case 'URL':
        contact[typesOf(property).has('home') ? 'personalUrl' : 'url'] ??= text
        break
      case 'CATEGORIES':
        categories.push(...texts.list(property))
        break
      case 'REV': {
        const modified = timeOf(text)
        if (modified !== undefined) contact.modified = modified
        break
      }
      default: {
        const field = dates[property.name]
        if (field === undefined)
          addRelated(contact, children, organization, property, text, label && bare(label))
        else if (property.name !== 'X-ABDATE' || bare(label ?? '') === 'Anniversary') {
          const date = dateOf(property, text)
          if (date === null) incomplete.push({ field: property.name, reason: 'malformed' })
          else if (date !== undefined) contact[field] ??= date
        }
      }
    }
  }

  if (children.length > 0) contact.children = children
  if (sips.length > 0) contact.sips = sips
  if (others.all.length > 0) contact.otherOrganizations = others.all
  if (Object.keys(organization).length > 0) contact.organization = organization
  contact.name = named(contact, name, fullName, sortName)
  if (incomplete.length > 0) contact.incomplete = incomplete
  return { contact, uid }
}

const addParts = (target: Name, keys: readonly string[], parts: readonly string[]): void => {
  for (const [index, key] of keys.entries()) if (parts[index]) target[key] ??= parts[index]
}

/** The label of a program without its marks (`_$!<Home>!$_`), and that of a person as it is. */
const bare = (label: string): string => /^_\$!<(.*)>!\$_$/s.exec(label)?.[1] ?? label

/**
 * A vCard needs a whole name (RFC 6350, section 6.2.1): for a company or a number, writers repeat what they show instead. How a
 * name is sorted says how it is filed, unless it only repeats how it is spoken.
 */
const named = (
  contact: DraftContact,
  parts: Name,
  fullName: string | undefined,
  sortName: string | undefined,
): DraftContact['name'] => {
  const isSpoken = parts.phoneticGiven !== undefined || parts.phoneticFamily !== undefined
  const name = { ...parts, ...(sortName !== undefined && !isSpoken && { fileAs: sortName }) }
  if (fullName === undefined) return name
  const isNamed = [parts.given, parts.middle, parts.family].some(
    (part) => part !== undefined && isVisible(part),
  )
  return isNamed || fullName !== substituteName({ ...contact, name }) ? { full: fullName, ...name } : name
}
