import { phoneExtension } from '../../../index.ts'
import type { Address, Contact, ContactFolder, Email } from '../../../index.ts'
import type { CardField, CardLabels, CardSection, Messages } from '../../../messages.ts'

/** One value of a contact, as the card shows it. */
export interface CardValue {
  readonly label: string
  /** As people read and copy it. */
  readonly text: string
  /** `number` and `address` can be reached, `link` opens, `lines` keeps its line breaks. */
  readonly kind: 'number' | 'address' | 'link' | 'lines' | 'text'
}

/** Values under a heading. */
export interface CardGroup {
  readonly section: CardSection
  readonly values: readonly CardValue[]
}

/** Everything that a contact says, in groups; empty ones are left out. @param folders those of its account */
export const cardGroups = (
  contact: Contact,
  texts: Messages,
  folders: readonly ContactFolder[],
): readonly CardGroup[] => {
  const { card, date, time } = texts
  const { name, organization: work = {} } = contact
  const value = (field: CardField, text: string | undefined, kind: CardValue['kind'] = 'text') =>
    text === undefined || text.trim() === '' ? [] : [{ label: card.fields[field], text, kind }]
  const folder = folders.find(({ id }) => id === contact.folder)?.name ?? undefined
  const groups: readonly CardGroup[] = [
    {
      section: 'phones',
      values: contact.phones.map(({ value: text, kind, at, label, preferred }) => ({
        label: marked(
          label ?? (at === undefined ? card.kinds[kind] : `${card.kinds[kind]} (${card.kinds[at]})`),
          preferred,
          texts,
          phoneExtension(text),
        ),
        text,
        kind: 'number',
      })),
    },
    { section: 'emails', values: contact.emails.flatMap((email) => emailValues(email, texts)) },
    {
      section: 'ims',
      values: [
        ...contact.ims.map((text) => ({ label: card.im, text, kind: 'text' as const })),
        ...(contact.sips ?? []).map((text) => ({ label: card.sip, text, kind: 'text' as const })),
      ],
    },
    {
      section: 'addresses',
      values: contact.addresses.map((address) => ({
        label: address.label ?? card.kinds[address.kind],
        text: linesOf(address),
        kind: 'lines',
      })),
    },
    {
      section: 'work',
      values: [
        ...value('organization', work.name),
        ...value('phoneticOrganization', work.phoneticName),
        ...value('title', work.title),
        ...value('department', work.department),
        ...value('office', work.office),
        ...value('profession', work.profession),
        ...value('manager', work.manager),
        ...value('assistant', work.assistant),
        ...value('url', contact.url, 'link'),
        ...(contact.otherOrganizations ?? []).flatMap((other) =>
          value('organization', [other.name, other.title, other.department].filter(Boolean).join(', ')),
        ),
      ],
    },
    {
      section: 'personal',
      values: [
        ...value('birthday', contact.birthday && date(contact.birthday)),
        ...value('anniversary', contact.anniversary && date(contact.anniversary)),
        ...value('spouse', contact.spouse),
        ...value('children', contact.children?.join(', ')),
        ...value('personalUrl', contact.personalUrl, 'link'),
      ],
    },
    {
      section: 'note',
      values:
        contact.note === undefined ? [] : [{ label: card.sections.note, text: contact.note, kind: 'lines' }],
    },
    {
      section: 'name',
      values: [
        ...value('prefix', name.prefix),
        ...value('given', name.given),
        ...value('middle', name.middle),
        ...value('family', name.family),
        ...value('suffix', name.suffix),
        ...value('initials', name.initials),
        ...value('phoneticName', [name.phoneticFamily, name.phoneticGiven].filter(Boolean).join(' ')),
        ...value('nickname', contact.nickname),
        ...value('fileAs', name.fileAs),
      ],
    },
    {
      section: 'entry',
      values: [
        ...value('categories', contact.categories.join(', ')),
        ...value('folder', folder),
        ...value('modified', contact.modified && time(contact.modified)),
        ...value('created', contact.created && time(contact.created)),
      ],
    },
  ]
  return groups.filter(({ values }) => values.length > 0)
}

/** What a field of a source is called on the card; as the source names it, if it has no other name. */
export const fieldName = (field: string, { sections, fields }: CardLabels): string => {
  const known: Readonly<Record<string, string>> = {
    ...fields,
    businessPhones: sections.phones,
    homePhones: sections.phones,
    mobilePhone: sections.phones,
    emailAddresses: sections.emails,
    imAddresses: sections.ims,
    businessAddress: sections.addresses,
    homeAddress: sections.addresses,
    otherAddress: sections.addresses,
    personalNotes: sections.note,
    displayName: sections.name,
    givenName: fields.given,
    middleName: fields.middle,
    surname: fields.family,
    nickName: fields.nickname,
    companyName: fields.organization,
    jobTitle: fields.title,
    officeLocation: fields.office,
    assistantName: fields.assistant,
    spouseName: fields.spouse,
    businessHomePage: fields.url,
    createdDateTime: fields.created,
    lastModifiedDateTime: fields.modified,
  }
  return known[field] ?? field
}

const marked = (
  label: string,
  isPreferred = false,
  { card }: Messages,
  extension: string | null = null,
): string => {
  const marks = [
    ...(extension === null ? [] : [card.extension(extension)]),
    ...(isPreferred ? [card.preferred] : []),
  ]
  return marks.length === 0 ? label : `${label} (${marks.join(', ')})`
}

/** The name given with an address is a value of its own: people copy one or the other. */
const emailValues = (
  { address, name, routingType, kind, label, preferred }: Email,
  texts: Messages,
): readonly CardValue[] => {
  const { card } = texts
  const isForPeople = routingType === undefined
  return [
    ...(name === undefined ? [] : [{ label: card.emailName, text: name, kind: 'text' as const }]),
    ...(address === undefined
      ? []
      : [
          {
            label: isForPeople
              ? marked(label ?? (kind === undefined ? card.email : card.kinds[kind]), preferred, texts)
              : card.internalAddress,
            text: address,
            kind: isForPeople ? ('address' as const) : ('text' as const),
          },
        ]),
  ]
}

/** The order of most countries. Which country writes it otherwise, the address does not tell reliably. */
const linesOf = ({ street, postalCode, city, region, country }: Address): string =>
  [street, [postalCode, city].filter(Boolean).join(' '), region, country].filter(Boolean).join('\n')

/** An address of the web that may be opened; null for anything else, such as a script. */
export const webAddress = (text: string): string | null => {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text.trim()) ? text.trim() : `https://${text.trim()}`
  if (!URL.canParse(address)) return null
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}
