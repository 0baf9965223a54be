import { phoneExtension } from '../../../../index.ts'
import type { Messages } from '../../../../messages.ts'
import type { Address, Contact, IncompleteField, Phone, PhoneKind } from '../../../../index.ts'

/** Fields that belong together. The texts are not safe to print yet; they may have several lines. */
export interface DetailGroup {
  readonly title: string
  readonly fields: readonly (readonly [label: string, text: string])[]
}

const phoneKinds: Readonly<Record<PhoneKind, string>> = {
  work: 'work',
  home: 'home',
  mobile: 'mobile',
  other: 'other',
  fax: 'fax',
  pager: 'pager',
  assistant: 'assistant',
  company: 'company main number',
}

const reasons: Readonly<Record<IncompleteField['reason'], string>> = {
  malformed: 'could not be read',
  cut: 'only its beginning is known',
}

/** All fields of a contact that say something, in groups with labels for people. */
export const contactDetails = (
  contact: Contact,
  folderName: string | null | undefined,
  messages: Messages,
): readonly DetailGroup[] => {
  const { name, organization = {} } = contact
  const groups: readonly (readonly [string, readonly (readonly [string, string | undefined])[]])[] = [
    ['Numbers', contact.phones.map((phone) => [phoneLabel(phone), phone.value])],
    ['E-mail', contact.emails.map(emailField)],
    [
      'Messaging',
      [
        ...contact.ims.map((im) => ['address', im] as const),
        ...(contact.sips ?? []).map((sip) => ['SIP', sip] as const),
      ],
    ],
    [
      'Organization',
      [
        ['name', organization.name],
        ['spoken as', organization.phoneticName],
        ['department', organization.department],
        ['title', organization.title],
        ['profession', organization.profession],
        ['office', organization.office],
        ['manager', organization.manager],
        ['assistant', organization.assistant],
        ['web page', contact.url],
        ...(contact.otherOrganizations ?? []).map(
          ({ name: other, title, department }) =>
            ['also', [other, title, department].filter(Boolean).join(', ')] as const,
        ),
      ],
    ],
    ['Addresses', contact.addresses.map((address) => [address.label ?? address.kind, addressText(address)])],
    [
      'Name',
      [
        ['prefix', name.prefix],
        ['given', name.given],
        ['middle', name.middle],
        ['family', name.family],
        ['suffix', name.suffix],
        ['initials', name.initials],
        ['spoken as', [name.phoneticFamily, name.phoneticGiven].filter(Boolean).join(' ')],
        ['nickname', contact.nickname],
        ['filed as', name.fileAs],
      ],
    ],
    [
      'Personal',
      [
        ['birthday', contact.birthday && messages.date(contact.birthday)],
        ['anniversary', contact.anniversary && messages.date(contact.anniversary)],
        ['spouse', contact.spouse],
        ['children', contact.children?.join('\n')],
        ['web page', contact.personalUrl],
        ['categories', contact.categories.join('\n')],
      ],
    ],
    ['Note', [['', contact.note]]],
    ['Incomplete', (contact.incomplete ?? []).map(({ field, reason }) => [field, reasons[reason]])],
    [
      'Origin',
      [
        ['source', messages.sources[contact.source]],
        ['folder', folderName ?? undefined],
        ['changed', contact.modified && messages.time(contact.modified)],
        ['created', contact.created && messages.time(contact.created)],
        ['key', contact.key],
      ],
    ],
  ]
  return groups
    .map(([title, fields]) => ({
      title,
      fields: fields.flatMap(([label, text]) => (text ? [[label, text] as const] : [])),
    }))
    .filter(({ fields }) => fields.length > 0)
}

/** The label of the person's own, else what the number is for. */
const phoneLabel = ({ value, kind, at, label, preferred }: Phone): string => {
  const extension = phoneExtension(value)
  return [
    label ?? phoneKinds[kind],
    ...(label === undefined && at !== undefined ? [phoneKinds[at]] : []),
    ...(extension === null ? [] : [`ext. ${extension}`]),
    ...(preferred ? ['preferred'] : []),
  ].join(', ')
}

const emailField = ({
  address,
  name,
  routingType,
  kind,
  label,
}: Contact['emails'][number]): readonly [string, string | undefined] => {
  if (address === undefined) return ['name only', name]
  return [routingType === undefined ? (label ?? name ?? kind ?? 'address') : 'Exchange name', address]
}

const addressText = ({ street, city, region, postalCode, country }: Address): string =>
  [street, [postalCode, city].filter(Boolean).join(' '), region, country].filter(Boolean).join('\n')
