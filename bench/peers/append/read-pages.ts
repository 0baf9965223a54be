import { readFile } from 'node:fs/promises'

export interface AppendInput {
  /** The store to create. */
  readonly file: string
  /** All contacts in one JSON array. */
  readonly list: string
}

/** The largest page of contacts that Graph serves. */
const PAGE = 1000

/** The contacts in pages, as an import stores them. */
export const readPages = async (list: string): Promise<readonly (readonly unknown[])[]> => {
  const contacts = JSON.parse(await readFile(list, 'utf8')) as unknown[]
  return Array.from({ length: Math.ceil(contacts.length / PAGE) }, (_, index) =>
    contacts.slice(index * PAGE, (index + 1) * PAGE),
  )
}
