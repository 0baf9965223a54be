import type { Address, Email, Phone, PhoneKind, PointKind } from '../../../domain/contact.ts'
import { typesOf, type Property } from './property.ts'
import type { PropertyTexts } from './property-text.ts'

/**
 * What a number is for, by the first type that it has. Capitals and lower case do not matter. Outlook has types of its own
 * ([MS-OXVCARD], X-MS-TEL).
 */
const phoneKinds: readonly (readonly [PhoneKind, ...string[]])[] = [
  ['fax', 'fax', 'homefax', 'workfax', 'otherfax', 'facsimile'],
  ['pager', 'pager'],
  ['assistant', 'assistant'],
  ['company', 'company', 'main'],
  ['mobile', 'cell', 'mobile', 'iphone', 'car'],
  ['home', 'home'],
  ['work', 'work'],
]

/** A label that the person or the program gave, without its marks. */
export interface Label {
  readonly text: string
  readonly isOwn: boolean
}

export const phoneOf = (property: Property, texts: PropertyTexts, label: Label | undefined): Phone => {
  const types = new Set(typesOf(property))
  const word = label?.text.toLowerCase() ?? ''
  const saysKind = phoneKinds.some(([, ...names]) => names.includes(word))
  if (saysKind) types.add(word)
  const [kind] = phoneKinds.find(([, ...names]) => names.some((name) => types.has(name))) ?? ['other']
  const at = kind === 'fax' || kind === 'pager' || kind === 'mobile' ? placeOf(types) : undefined
  const text = texts.text(property)
  return {
    kind,
    value: /^tel:/i.test(text) ? uriText(text.slice(4)) : text,
    ...(at !== undefined && { at }),
    ...(label?.isOwn === true && !saysKind && { label: label.text }),
    ...preference(property),
  }
}

/** vCard 4.0 has a parameter of its own, where 1 is the most preferred (RFC 6350, section 5.3); earlier ones have a type. */
const preference = (property: Property): { readonly preferred?: true } =>
  typesOf(property).has('pref') ||
  property.parameters.get('PREF')?.some((value) => value.trim() === '1') === true
    ? { preferred: true }
    : {}

const placeOf = (types: ReadonlySet<string>): 'work' | 'home' | undefined =>
  types.has('work') || types.has('workfax')
    ? 'work'
    : types.has('home') || types.has('homefax')
      ? 'home'
      : undefined

export const emailOf = (property: Property, texts: PropertyTexts, label: Label | undefined): Email => {
  const text = texts.text(property)
  const address = /^mailto:/i.test(text) ? uriText(text.slice(7)) : text
  const types = new Set(typesOf(property))
  if (label?.isOwn === false) types.add(label.text.toLowerCase())
  const kind = types.has('work') ? 'work' : types.has('home') ? 'home' : undefined
  const isExchange = types.has('ex') || /^(?:\/o=|imceaex-_o=)/i.test(address)
  return {
    address,
    ...(label?.isOwn === true && { name: label.text }),
    ...(isExchange && { routingType: 'EX' as const }),
    ...(kind !== undefined && !isExchange && { kind }),
    ...preference(property),
  }
}

/** An address, and the office, which Outlook writes as the extended address at work ([MS-OXVCARD], ADR). */
export const addressOf = (
  property: Property,
  texts: PropertyTexts,
  label?: Label,
): { readonly address: Address | null; readonly office: string | undefined } => {
  const types = typesOf(property)
  const kind: PointKind = types.has('work') ? 'work' : types.has('home') ? 'home' : 'other'
  const [box, extended, street, city, region, postalCode, country] = texts
    .parts(property)
    .map((part) => (part === '' ? undefined : part))
  const lines = [street, kind === 'work' ? undefined : extended, box].filter((line) => line !== undefined)
  const parts = {
    ...(lines.length > 0 && { street: lines.join('\n') }),
    ...(city !== undefined && { city }),
    ...(region !== undefined && { region }),
    ...(postalCode !== undefined && { postalCode }),
    ...(country !== undefined && { country }),
  }
  return {
    address:
      Object.keys(parts).length > 0
        ? { kind, ...(label?.isOwn === true && { label: label.text }), ...parts }
        : null,
    office: kind === 'work' ? extended : undefined,
  }
}

/** An instant-messaging address. `im:` names no protocol (RFC 3860), so it says nothing. */
export const imOf = (uri: string): string => (/^im:/i.test(uri) ? uriText(uri.slice(3)) : uri)

/** A part of a URI as a text; as it is if its escapes are none. */
const uriText = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
