import type { Address, Contact, PhoneKind, PointKind } from '../domain/contact.ts'
import { displayName } from '../projections/display-name.ts'
import { cleanText } from './clean-text.ts'
import { escapedText } from './content-line.ts'
import { uniqueId } from './unique-id.ts'
import type { VcardVersion } from './vcard.ts'
import { dateValue, timeValue } from './vcard-dates.ts'
import { Groups } from './vcard-groups.ts'
import { nameLines, unitLines } from './vcard-names.ts'
import { relatedLines } from './vcard-related.ts'
import { text } from './vcard-text.ts'

type Lines = Generator<string, void, undefined>

/** The lines of a contact's vCard, not folded. */
export function* cardLines(contact: Contact, version: VcardVersion): Lines {
  const groups = new Groups()
  yield 'BEGIN:VCARD'
  yield `VERSION:${version}`
  yield `UID:${uniqueId(contact.key)}`
  yield `FN:${escapedText(cleanText(displayName(contact)))}`
  yield* nameLines(contact, version)
  yield* text('TITLE', contact.organization?.title)
  yield* text('ROLE', contact.organization?.profession)
  for (const other of contact.otherOrganizations ?? []) {
    // Without a group, a title would be taken for that of the first organization.
    const lines = [...unitLines(other), ...text('TITLE', other.title)]
    if (lines.length > 0) yield* groups.joined(lines)
  }
  yield* phoneLines(contact, version, groups)
  yield* emailLines(contact, version, groups)
  yield* addressLines(contact, version, groups)
  yield* dateLines(contact, version, groups)
  for (const im of contact.ims) if (im !== '') yield `IMPP:${messagingAddress(cleanText(im))}`
  for (const sip of contact.sips ?? []) if (sip !== '') yield `IMPP:${sipAddress(cleanText(sip))}`
  yield* link(contact.url, typed(['work'], version))
  yield* link(contact.personalUrl, typed(['home'], version))
  yield* text('NOTE', contact.note)
  const categories = contact.categories.filter((category) => category !== '')
  if (categories.length > 0)
    yield `CATEGORIES:${categories.map((category) => escapedText(cleanText(category))).join(',')}`
  yield* relatedLines(contact, version, groups)
  const revision = contact.modified === undefined ? null : timeValue(contact.modified, version)
  if (revision !== null) yield `REV:${revision}`
  yield 'END:VCARD'
}

/** 4.0 has a parameter of its own for the preferred value (RFC 6350, section 5.3). */
const typed = (types: readonly string[], version: VcardVersion, preferred?: true): string => {
  const isType = preferred === true && version === '3.0'
  const names = [...types, ...(isType ? ['pref'] : [])].join(',')
  const preference = preferred === true && !isType ? ';PREF=1' : ''
  // Readers of 3.0 exist that compare capitals.
  return (names === '' ? '' : `;TYPE=${version === '3.0' ? names.toUpperCase() : names}`) + preference
}

const phoneTypes: Readonly<Record<PhoneKind, readonly string[]>> = {
  work: ['work', 'voice'],
  home: ['home', 'voice'],
  mobile: ['cell'],
  other: ['voice'],
  fax: ['fax'],
  pager: ['pager'],
  assistant: ['voice'],
  company: ['work', 'voice'],
}

/** What no type of a vCard says. */
const phoneLabels: Readonly<Partial<Record<PhoneKind, string>>> = {
  assistant: 'Assistant',
  company: 'Company',
}

/** A global number with its extension (RFC 3966, section 3). */
const extended = /^\+\d[\d().-]*;ext=\d[\d().-]*$/

/**
 * The value of TEL is a text in both versions, so a number keeps its spelling (RFC 6350, section 6.4.1). One that is spelled as
 * a URI with an extension is one in 4.0, where readers find the extension.
 */
function* phoneLines({ phones }: Contact, version: VcardVersion, groups: Groups): Lines {
  for (const { kind, value, at, label: own, preferred } of phones) {
    const types = [...(at === undefined ? [] : [at]), ...phoneTypes[kind]]
    const parameters = typed(types, version, preferred)
    const line =
      version === '4.0' && extended.test(value)
        ? `TEL;VALUE=uri${parameters}:tel:${value}`
        : `TEL${parameters}:${escapedText(cleanText(value))}`
    const label = own === undefined ? phoneLabels[kind] : cleanText(own)
    if (label === undefined) yield line
    else yield* groups.labelled(label, line)
  }
}

/** Many sources name an e-mail address like the contact itself, which is no label. */
function* emailLines(contact: Contact, version: VcardVersion, groups: Groups): Lines {
  const own = [displayName(contact), contact.name.full]
  for (const { address, name, routingType, kind, label, preferred } of contact.emails) {
    if (address === undefined || routingType !== undefined) continue
    const types = [
      ...(version === '3.0' ? ['internet'] : []),
      ...(kind === 'work' || kind === 'home' ? [kind] : []),
    ]
    const line = `EMAIL${typed(types, version, preferred)}:${escapedText(cleanText(address))}`
    const shown = label ?? name
    if (shown === undefined || own.includes(shown)) yield line
    else yield* groups.labelled(cleanText(shown), line)
  }
}

/** Without a type, an address of 3.0 is one at work (RFC 2426, section 3.2.1). */
const addressTypes = (kind: PointKind, version: VcardVersion): readonly string[] =>
  kind === 'work' || kind === 'home' ? [kind] : version === '3.0' ? ['postal'] : []

/** The office is the extended address at work, where Outlook reads and writes it ([MS-OXVCARD], ADR). */
function* addressLines({ addresses, organization }: Contact, version: VcardVersion, groups: Groups): Lines {
  const office = organization?.office ?? ''
  const atWork = addresses.find(({ kind }) => kind === 'work')
  for (const address of addresses) {
    const line = addressLine(address, version, address === atWork ? office : '')
    if (address.label === undefined) yield line
    else yield* groups.labelled(cleanText(address.label), line)
  }
  if (office !== '' && !atWork) yield addressLine({ kind: 'work' }, version, office)
}

const addressLine = (
  { kind, street, city, region, postalCode, country }: Address,
  version: VcardVersion,
  extended: string,
): string =>
  `ADR${typed(addressTypes(kind, version), version)}:${[
    '',
    extended,
    street,
    city,
    region,
    postalCode,
    country,
  ]
    .map((part) => escapedText(cleanText(part ?? '')))
    .join(';')}`

function* dateLines({ birthday, anniversary }: Contact, version: VcardVersion, groups: Groups): Lines {
  const born = birthday && dateValue(birthday, version)
  if (born) yield `BDAY${born.parameters}:${born.value}`
  const married = anniversary && dateValue(anniversary, version)
  if (!married) return
  if (version === '4.0') yield `ANNIVERSARY:${married.value}`
  else yield* groups.labelled('_$!<Anniversary>!$_', `X-ABDATE${married.parameters}:${married.value}`)
}

/** The URI of a SIP address (RFC 3261, section 19.1), which a source may give without its scheme. */
const sipAddress = (text: string): string =>
  /^sips?:/i.test(text) && isUri(text)
    ? text
    : `sip:${encodeURIComponent(text.replace(/^sips?:/i, '')).replaceAll('%40', '@')}`

/** IMPP wants a URI (RFC 6350, section 6.4.3). `im:` names no protocol (RFC 3860), as the free text of a source. */
const messagingAddress = (text: string): string =>
  isUri(text) ? text : `im:${encodeURIComponent(text).replaceAll('%40', '@')}`

const isUri = (text: string): boolean => /^[a-z][a-z\d+.-]*:[!-~]+$/i.test(text)

/** A URL is no text: nothing in it is escaped, so what may stand in none is percent-encoded (RFC 3986, section 2.1). */
function* link(url: string | undefined, parameters: string): Lines {
  if (url !== undefined && url !== '')
    yield `URL${parameters}:${cleanText(url).replace(/[\s\\\p{Cc}]/gu, encodeURIComponent)}`
}
