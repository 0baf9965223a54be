import { writeFile } from 'node:fs/promises'
import { openContactBook, sqliteStorage } from '../../src/node.ts'

export interface StoreCopiesInput {
  readonly file: string
  /** To be made: the payloads of the log as they are stored, a line each. */
  readonly payloads: string
  /** To be made: the contacts in one JSON array. */
  readonly list: string
}

/** Writes what a store holds into plain files, for those who read these instead. */
export const storeCopies = async ({ file, payloads, list }: StoreCopiesInput): Promise<void> => {
  const store = await sqliteStorage(file)
  const lines: string[] = []
  for await (const { payload } of store.events.read(0, { payloads: true }))
    if (payload !== null) lines.push(JSON.stringify(payload))
  await writeFile(payloads, lines.join('\n'))
  const book = await openContactBook({ store, sources: [] })
  await writeFile(list, JSON.stringify(book.contacts.get()))
  await book.close()
}
