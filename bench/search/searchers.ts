import MiniSearch from 'minisearch'
import { displayName } from '../../src/index.ts'
import type { Contact, ContactKey } from '../../src/index.ts'
import { SearchIndex } from '../../src/projections/search/search-index.ts'

export interface Searcher {
  add(contact: Contact): void
  /** At most `limit` keys, the best first. */
  find(text: string, limit: number): readonly ContactKey[]
}

/** Ways to search a list in display order. */
export const searchers = {
  'a plain scan over folded strings': () => {
    const rows: { readonly key: ContactKey; readonly text: string; readonly digits: string }[] = []
    return {
      add: (contact) => {
        const digits = contact.phones.map(({ value }) => value.replaceAll(/\D/g, '')).join(' ')
        rows.push({ key: contact.key, text: ` ${folded(words(contact).join(' '))}`, digits })
      },
      find: (text, limit) => {
        const tokens = tokensOf(text)
        const has = (row: (typeof rows)[number]) =>
          tokens.every((token) => row.text.includes(` ${token}`) || isIn(row.digits, token))
        const hits = tokens.length === 0 ? [] : rows.filter(has)
        return hits.slice(0, limit).map(({ key }) => key)
      },
    }
  },
  MiniSearch: () => {
    const index = new MiniSearch<Record<string, string>>({
      idField: 'key',
      fields: ['name', 'others', 'emails', 'phones'],
      processTerm: (term) => folded(term),
    })
    return {
      add: (contact) => {
        const [name = '', ...others] = words(contact)
        index.add({
          key: contact.key,
          name,
          others: others.join(' '),
          emails: contact.emails.map(({ address }) => address ?? '').join(' '),
          phones: contact.phones.map(({ value }) => value.replaceAll(/\D/g, '')).join(' '),
        })
      },
      find: (text, limit) =>
        index
          .search(text, { prefix: true, combineWith: 'AND', boost: { name: 3, others: 2 } })
          .slice(0, limit)
          .map(({ id }) => id as ContactKey),
    }
  },
  'device-contacts': () => {
    const places = new Map<ContactKey, number>()
    const index = new SearchIndex((key) => places.get(key) ?? Infinity)
    return {
      add: (contact) => {
        places.set(contact.key, places.size)
        index.add(contact)
      },
      find: (text, limit) => index.find(text, limit).map(({ key }) => key),
    }
  },
} satisfies Record<string, () => Searcher>

export type SearcherName = keyof typeof searchers

const words = (contact: Contact): readonly string[] => [
  displayName(contact),
  [contact.name.phoneticFamily, contact.name.phoneticGiven, contact.nickname].join(' '),
  contact.organization?.name ?? '',
  ...contact.emails.map(({ address }) => address ?? ''),
]

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .toLowerCase()

const tokensOf = (text: string): readonly string[] =>
  folded(text)
    .split(/\s+/)
    .filter((token) => token !== '')

const isIn = (digits: string, token: string): boolean => /^\d+$/.test(token) && digits.includes(token)
