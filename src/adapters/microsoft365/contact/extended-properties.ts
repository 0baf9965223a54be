import type { Phone, PhoneKind, SourceContact } from '../../../domain/contact.ts'
import { extendedField } from './contact-fields.ts'
import type { ContactReader } from './contact-reader.ts'
import { readDate } from './dates.ts'

/**
 * Numbers that Outlook keeps and Graph's contact lacks (microsoft-graph-docs issue 2151), as MAPI properties: type
 * and tag ([MS-OXPROPS], named in [MS-OXOCNTC] 2.2.1.2.6 and 2.2.1.4). Graph has both business and home numbers
 * itself. Outlook on the web has a second mobile number too, in a property that Microsoft does not document. The
 * documented property for a second mobile telephone is that of the car.
 */
const phones: readonly (readonly [id: string, kind: PhoneKind, property: string])[] = [
  ['String 0x3A1E', 'mobile', 'PidTagCarTelephoneNumber'],
  ['String 0x3A1D', 'mobile', 'PidTagRadioTelephoneNumber'],
  ['String 0x3A1F', 'other', 'PidTagOtherTelephoneNumber'],
  ['String 0x3A02', 'other', 'PidTagCallbackTelephoneNumber'],
  ['String 0x3A57', 'company', 'PidTagCompanyMainTelephoneNumber'],
  ['String 0x3A2E', 'assistant', 'PidTagAssistantTelephoneNumber'],
  ['String 0x3A24', 'fax', 'PidTagBusinessFaxNumber'],
  ['String 0x3A25', 'fax', 'PidTagHomeFaxNumber'],
  ['String 0x3A23', 'fax', 'PidTagPrimaryFaxNumber'],
  ['String 0x3A21', 'pager', 'PidTagPagerTelephoneNumber'],
  ['String 0x3A1A', 'other', 'PidTagPrimaryTelephoneNumber'],
]

/** PidTagWeddingAnniversary, at 11:59 UTC of the day ([MS-OXOCNTC] 2.2.1.5.4). */
const ANNIVERSARY = 'SystemTime 0x3A41'

/** PidTagPersonalHomePage ([MS-OXPROPS]). */
const PERSONAL_PAGE = 'String 0x3A50'

/** The ids of the properties that are requested. */
export const extendedIds: readonly string[] = [...phones.map(([id]) => id), ANNIVERSARY, PERSONAL_PAGE]

/** The option of a request for contacts that asks for them (Graph: "Get singleValueLegacyExtendedProperty"). */
export const extendedExpand = `$expand=${extendedField}($filter=${encodeURIComponent(
  extendedIds.map((id) => `id eq '${id}'`).join(' or '),
)})`

/** The parts of a contact that extended properties add to. Null if none were requested or set. */
export const readExtended = (
  reader: ContactReader,
  known: readonly Phone[],
): Pick<SourceContact, 'phones' | 'anniversary' | 'personalUrl'> | null => {
  const records = reader.records(extendedField)
  if (records.length === 0) return null
  const values = new Map<string, string>()
  for (const record of records) {
    const id = reader.textIn(extendedField, record, 'id')
    const value = reader.textIn(extendedField, record, 'value')
    if (id !== undefined && value !== undefined) values.set(spelled(id), value)
  }
  // The primary number usually repeats one of the others.
  const seen = new Set(known.map(({ value }) => value))
  const numbers: Phone[] = []
  for (const [id, kind] of phones) {
    const value = values.get(spelled(id))
    if (value === undefined || seen.has(value)) continue
    seen.add(value)
    numbers.push({ kind, value })
  }
  const anniversary = reader.parsed(extendedField, values.get(spelled(ANNIVERSARY)), readDate)
  const personalUrl = values.get(spelled(PERSONAL_PAGE))
  return {
    phones: [...known, ...numbers],
    ...(anniversary !== undefined && { anniversary }),
    ...(personalUrl !== undefined && { personalUrl }),
  }
}

/** Graph answers `Integer 0xe08` to a request for `Integer 0x0E08`: without leading zeros, in lower case. */
const spelled = (id: string): string => id.toLowerCase().replace(/0x0+/, '0x')
