import type { Contact, Organization } from '../domain/contact.ts'
import { cleanText } from './clean-text.ts'
import { escapedText, quotedParameter } from './content-line.ts'
import type { VcardVersion } from './vcard.ts'
import { text } from './vcard-text.ts'

/** The names of a person and of where they work, with how they are spoken and sorted. */
export function* nameLines(contact: Contact, version: VcardVersion): Generator<string, void, undefined> {
  const { name, nickname, organization } = contact
  const { given, middle, family, prefix, suffix } = name
  const parts = [family, given, middle, prefix, suffix].map(cleaned)
  const isStructured = parts.some((part) => part !== '')
  const sortAs = version === '4.0' ? sortKey(contact) : []
  // N is mandatory in 3.0 (RFC 2426, section 3.1.2), and there is nothing to sort it by in 4.0 if it is missing.
  if (isStructured || version === '3.0' || sortAs.length > 0)
    yield `N${sorted(sortAs)}:${parts.map(escapedText).join(';')}`
  if (version === '3.0' && sortKey(contact).length > 0)
    yield `SORT-STRING:${escapedText(sortKey(contact).join(' '))}`
  yield* text('X-PHONETIC-FIRST-NAME', name.phoneticGiven)
  yield* text('X-PHONETIC-LAST-NAME', name.phoneticFamily)
  yield* text('NICKNAME', nickname)

  const spoken = cleaned(organization?.phoneticName)
  yield* unitLines(organization, sorted(version === '4.0' && spoken !== '' ? [spoken] : []))
  yield* text('X-PHONETIC-ORG', organization?.phoneticName)
}

/** The line of an organization and its department, none if neither has a name. */
export function* unitLines(
  organization: Organization | undefined,
  parameters = '',
): Generator<string, void, undefined> {
  const units = [organization?.name, organization?.department].map(cleaned)
  while (units.at(-1) === '') units.pop()
  if (units.length > 0) yield `ORG${parameters}:${units.map(escapedText).join(';')}`
}

const cleaned = (text: string | undefined): string => cleanText(text ?? '')

/** How a name is spoken, family name first, else how the source files it (RFC 6350, section 5.9). */
const sortKey = ({ name }: Contact): readonly string[] => {
  const spoken = [name.phoneticFamily, name.phoneticGiven].map(cleaned)
  const filed = cleaned(name.fileAs)
  return spoken.some((part) => part !== '') ? spoken : filed === '' ? [] : [filed]
}

/** The commas within SORT-AS separate its parts, and nothing escapes one. */
const sorted = (parts: readonly string[]): string =>
  parts.length === 0
    ? ''
    : `;SORT-AS=${quotedParameter(parts.map((part) => part.replaceAll(',', ' ')).join(','))}`
