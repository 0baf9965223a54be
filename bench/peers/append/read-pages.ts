import { readFile } from 'node:fs/promises'

export interface AppendInput {
  /** The store to be made. */
  readonly file: string
  /** All contacts in one JSON array. */
  readonly list: string
}

/** What Graph serves at once. */
const PAGE = 1000

/** The contacts in pages, as an import has them when it comes to storing them. */
export const readPages = async (list: string): Promise<readonly (readonly unknown[])[]> => {
  const contacts = JSON.parse(await readFile(list, 'utf8')) as unknown[]
  return Array.from({ length: Math.ceil(contacts.length / PAGE) }, (_, index) =>
    contacts.slice(index * PAGE, (index + 1) * PAGE),
  )
}
