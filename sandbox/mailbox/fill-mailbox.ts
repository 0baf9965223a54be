import { emptyContact } from './contact-fields.ts'
import { inventExtended } from './extended-properties.ts'
import { contactInventor } from './invent-contact.ts'
import type { Locale } from './locales.ts'
import { Mailbox } from './mailbox.ts'
import type { MailboxOptions } from './mailbox.ts'

export interface Filling {
  readonly seed: number
  readonly contacts: number
  readonly folders: number
  readonly distributionLists: number
  /** False: everything is in the other folders, so some are needed. Default: true. */
  readonly defaultFolder?: boolean
}

const FOLDER_NAMES = [
  'Familie',
  'Clients',
  'Clients / 東日本',
  'Leads 📇',
  'אנשי קשר',
  'Verein',
  'Поставщики',
] as const
/** This many distribution lists are adjacent: two default pages, so that one page is empty. */
const BLOCK = 20
/** Contacts were last changed in the ten years before this fixed moment: the same seed always gives the same times. */
const LATEST = Date.UTC(2026, 5, 30, 12)
const YEARS = 10 * 365 * 24 * 3600

/** Fills a mailbox with invented contacts: half of them in the default folder, the others anywhere below it. */
export const fillMailbox = (
  name: string,
  { seed, contacts, folders, distributionLists, defaultFolder = true }: Filling,
  locales: readonly [Locale, ...Locale[]],
  options: Omit<MailboxOptions, 'hasDefaultFolder'> = {},
): Mailbox => {
  const mailbox = new Mailbox(`${seed}:${name}`, { ...options, hasDefaultFolder: defaultFolder })
  const others = makeFolders(mailbox, folders)
  const main = (defaultFolder ? undefined : others[0]) ?? mailbox.defaultFolder.id
  const invent = contactInventor(locales, seed)
  const dice = locales[0].faker

  const anywhere = (): string =>
    others.length === 0 || dice.number.float() < 0.5 ? main : dice.helpers.arrayElement(others)
  const sometime = (): { created: string; modified: string } => {
    const modified = LATEST - dice.number.int(YEARS) * 1000
    return { created: iso(modified - dice.number.int(YEARS) * 1000), modified: iso(modified) }
  }
  const addList = (n: number, folderId: string): void => {
    const displayName = `Mailing list ${n}`
    mailbox.add({ ...emptyContact(), displayName }, { kind: 'distribution-list', folderId, ...sometime() })
  }

  const block = Math.min(BLOCK, distributionLists)
  for (let i = 0; i < contacts; i++) {
    if (i === Math.floor(contacts / 3)) for (let n = 0; n < block; n++) addList(n, main)
    mailbox.add({ ...invent(), extended: inventExtended(seed, i) }, { folderId: anywhere(), ...sometime() })
  }
  for (let n = contacts === 0 ? 0 : block; n < distributionLists; n++) addList(n, anywhere())
  return mailbox
}

/** Three levels deep: of four folders, two are below the default one and two below their neighbour. */
const makeFolders = (mailbox: Mailbox, count: number): string[] => {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const name = FOLDER_NAMES[i] ?? `Folder ${i + 1}`
    ids.push(mailbox.addFolder(name, i % 4 >= 2 ? ids[i - 1] : undefined).id)
  }
  return ids
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')
