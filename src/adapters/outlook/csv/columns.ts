import type { Address, PhoneKind, PointKind } from '../../../domain/contact.ts'

/** The texts of a contact that have a column of their own, by where they belong. */
export const textColumns = {
  name: [
    ['prefix', 'Title', 'Anrede'],
    ['given', 'First Name', 'Vorname', 'Prénom'],
    ['middle', 'Middle Name', 'Weitere Vornamen', 'Deuxième prénom'],
    ['family', 'Last Name', 'Nachname', 'Nom'],
    ['suffix', 'Suffix', 'Suffixe'],
    ['initials', 'Initials', 'Initialen', 'Initiales'],
    ['phoneticGiven', 'Given Yomi', 'Given Name Yomi', 'Vorname Yomi', 'Prénom Yomi'],
    ['phoneticFamily', 'Surname Yomi', 'Family Name Yomi', 'Nachname Yomi', 'Nom Yomi'],
  ],
  organization: [
    ['name', 'Company', 'Firma', 'Société'],
    ['phoneticName', 'Company Yomi', 'Firma Yomi', 'Société Yomi'],
    ['department', 'Department', 'Abteilung', 'Service'],
    ['title', 'Job Title', 'Position', 'Titre'],
    ['office', 'Office Location', 'Büro', 'Bureau'],
    ['profession', 'Profession', 'Beruf'],
    ['manager', "Manager's Name", 'Name des/der Vorgesetzten', 'Name des/r Vorgesetzten', 'Responsable'],
    ['assistant', "Assistant's Name", 'Name Assistent', "Nom de l'assistant(e)"],
  ],
  contact: [
    ['nickname', 'Nickname', 'Spitzname', 'Surnom'],
    ['spouse', 'Spouse', 'Partner', 'Conjoint(e)'],
    ['note', 'Notes', 'Notizen'],
    ['url', 'Web Page', 'Webseite', 'Page Web'],
    ['personalUrl', 'Personal Web Page'],
  ],
} as const

/** What each column of numbers is for. */
export const phoneColumns: readonly (readonly [PhoneKind, ...string[]])[] = [
  ['work', 'Business Phone', 'Telefon geschäftlich', 'Téléphone (bureau)'],
  ['work', 'Business Phone 2', 'Telefon geschäftlich 2', 'Téléphone 2 (bureau)'],
  ['home', 'Home Phone', 'Telefon privat', 'Téléphone (domicile)'],
  ['home', 'Home Phone 2', 'Telefon privat 2', 'Téléphone 2 (domicile)'],
  ['mobile', 'Mobile Phone', 'Mobiltelefon', 'Tél. mobile'],
  ['mobile', 'Car Phone', 'Autotelefon', 'Téléphone (voiture)'],
  ['mobile', 'Mobiltelefon 2'],
  ['company', 'Company Main Phone', 'Telefon Firma', 'Téléphone société'],
  ['assistant', "Assistant's Phone", 'Telefon Assistent', "Téléphone de l'assistant(e)"],
  ['fax', 'Other Fax', 'Weiteres Fax', 'Télécopie (autre)'],
  ['pager', 'Pager', 'Récepteur de radiomessagerie'],
  ['other', 'Other Phone', 'Weiteres Telefon', 'Téléphone (autre)'],
  ['other', 'Callback', 'Rückmeldung', 'Rappel'],
  ['other', 'Radio Phone', 'Radio téléphone'],
  ['other', 'ISDN', 'RNIS'],
  ['other', 'TTY/TDD Phone', 'Telefon für Hörbehinderte', 'Téléphone TDD/TTY'],
  ['other', 'Telex', 'Télex'],
]

/** Whose fax each column of faxes has; the table of this app has them all in the first. */
export const faxPlaces: readonly (readonly ['work' | 'home', ...string[]])[] = [
  ['work', 'Business Fax', 'Fax geschäftlich', 'Télécopie (bureau)'],
  ['home', 'Home Fax', 'Fax privat', 'Télécopie (domicile)'],
]

/** Often repeats another number. */
export const primaryPhone = ['Primary Phone', 'Haupttelefon', 'Téléphone principal'] as const

/** What a column of an address holds. `box` is a post-office box, and `street2` and `street3` are further lines. */
export type AddressPart = Exclude<keyof Address, 'kind'> | 'street2' | 'street3' | 'box'

/** The names of the columns of the addresses at work, at home and elsewhere, in this order, in each language. */
const addressNames: readonly (readonly [AddressPart, ...(readonly [string, string, string])[]])[] = [
  [
    'street',
    ['Business Street', 'Home Street', 'Other Street'],
    ['Straße geschäftlich', 'Straße privat', 'Weitere Straße'],
    ['Rue (bureau)', 'Rue (domicile)', 'Rue (autre)'],
  ],
  [
    'street2',
    ['Business Street 2', 'Home Street 2', 'Other Street 2'],
    ['Straße geschäftlich 2', 'Straße privat 2', 'Weitere Straße 2'],
    ['Rue (bureau) 2', 'Rue (domicile) 2', 'Rue (autre) 2'],
  ],
  [
    'street3',
    ['Business Street 3', 'Home Street 3', 'Other Street 3'],
    ['Straße geschäftlich 3', 'Straße privat 3', 'Weitere Straße 3'],
    ['Rue (bureau) 3', 'Rue (domicile) 3', 'Rue (autre) 3'],
  ],
  [
    'box',
    ['Business Address PO Box', 'Home Address PO Box', 'Other Address PO Box'],
    ['Postfach geschäftlich', 'Postfach privat', 'Weiteres Postfach'],
    ['B.P. professionnelle', 'Boîte postale du domicile', 'Autre boîte postale'],
  ],
  [
    'city',
    ['Business City', 'Home City', 'Other City'],
    ['Ort geschäftlich', 'Ort privat', 'Weiterer Ort'],
    ['Ville (bureau)', 'Ville (domicile)', 'Ville (autre)'],
  ],
  [
    'region',
    ['Business State', 'Home State', 'Other State'],
    ['Region geschäftlich', 'Bundesland/Kanton privat', 'Weiteres/r Bundesland/Kanton'],
    ['Dép/Région (bureau)', 'Dép/Région (domicile)', 'Dép/Région (autre)'],
  ],
  [
    'postalCode',
    ['Business Postal Code', 'Home Postal Code', 'Other Postal Code'],
    ['Postleitzahl geschäftlich', 'Postleitzahl privat', 'Weitere Postleitzahl'],
    ['Code postal (bureau)', 'Code postal (domicile)', 'Code postal (autre)'],
  ],
  [
    'country',
    ['Business Country/Region', 'Home Country/Region', 'Other Country/Region'],
    ['Business Country', 'Home Country', 'Other Country'],
    ['Land/Region geschäftlich', 'Land/Region privat', 'Weiteres/e Land/Region'],
    ['Land geschäftlich', 'Land privat', 'Weiteres Land'],
    ['Pays/Région (bureau)', 'Pays/Région (domicile)', 'Pays/Région (autre)'],
    ['Pays (bureau)', 'Pays (domicile)', 'Pays (autre)'],
  ],
]

const addressKinds: readonly PointKind[] = ['work', 'home', 'other']

/** The column of each part of each address. */
export const addressColumns: readonly (readonly [PointKind, AddressPart, string])[] = addressNames.flatMap(
  ([part, ...languages]) =>
    languages.flatMap((names) =>
      names.flatMap((name, index) => {
        const kind = addressKinds[index]
        return kind === undefined ? [] : ([[kind, part, name]] as const)
      }),
    ),
)

/** The address, the type and the label of the first, second and third e-mail address. */
export const emailColumns: readonly (readonly [index: number, part: 'address' | 'type' | 'label', string])[] =
  [
    [0, 'address', 'E-mail Address'],
    [0, 'address', 'E-Mail-Adresse'],
    [0, 'address', 'Adresse de messagerie'],
    [0, 'type', 'E-mail Type'],
    [0, 'type', 'E-Mail-Typ'],
    [0, 'type', 'Type de messagerie'],
    [0, 'label', 'E-mail Display Name'],
    [0, 'label', 'E-Mail: Angezeigter Name'],
    [0, 'label', "Nom complet de l'adresse de messagerie"],
    ...[1, 2].flatMap(
      (index) =>
        [
          [index, 'address', `E-mail ${index + 1} Address`],
          [index, 'address', `E-Mail ${index + 1}: Adresse`],
          [index, 'address', `Adresse de messagerie ${index + 1}`],
          [index, 'type', `E-mail ${index + 1} Type`],
          [index, 'type', `E-Mail ${index + 1}: Typ`],
          [index, 'type', `Type de messagerie ${index + 1}`],
          [index, 'label', `E-mail ${index + 1} Display Name`],
          [index, 'label', `E-Mail ${index + 1}: Angezeigter Name`],
          [index, 'label', `Nom complet de l'adresse de messagerie ${index + 1}`],
        ] as const,
    ),
  ]

/** Dates, and lists in one cell. */
export const otherColumns = [
  ['birthday', 'Birthday', 'Geburtstag', 'Anniversaire'],
  ['anniversary', 'Anniversary', 'Jahrestag', 'Anniversaire de mariage ou fête'],
  ['categories', 'Categories', 'Kategorien', 'Catégories'],
  ['children', 'Children', 'Kinder', 'Enfants'],
  ['ims', 'IMAddress'],
] as const

/** The columns that only the table of this app has. */
export const ownColumns = [
  ['displayName', 'Name'],
  ['morePhones', 'More Phones'],
  ['moreEmails', 'More E-mail Addresses'],
  ['moreIms', 'More IM Addresses'],
  ['moreAddresses', 'More Addresses'],
  ['key', 'Key'],
] as const

/** The columns that later versions of that table have, too. */
export const laterOwnColumns = [
  ['phoneDetails', 'Phone Details'],
  ['emailDetails', 'E-mail Details'],
  ['addressDetails', 'Address Details'],
  ['otherOrganizations', 'Other Organizations'],
  ['sips', 'SIP Addresses'],
] as const
