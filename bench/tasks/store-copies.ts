import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { serialize } from 'node:v8'
import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { EncryptedPayloads } from './decrypt-list.ts'
import { openOurLog } from './our-log.ts'

export interface StoreCopiesInput {
  readonly file: string
  /** The file to create with the `EncryptedPayloads` of the log. */
  readonly payloads: string
  /** The file to create with the contacts in one JSON array. */
  readonly list: string
}

/** Writes the content of a store into plain files, for contenders that read these. */
export const storeCopies = async ({ file, payloads, list }: StoreCopiesInput): Promise<void> => {
  await writeFile(payloads, serialize(await encryptedPayloads(file)))
  const book = await openContactBook({ store: await sqliteStorage(file, { keyRing: false }), sources: [] })
  await writeFile(list, JSON.stringify(book.contacts.get()))
  await book.close()
}

/** Encrypted with a separate key, because no vault reveals the bytes of a key. */
const encryptedPayloads = async (file: string): Promise<EncryptedPayloads> => {
  const key = randomBytes(32)
  const vaultKey = nodeKey(key)
  const payloads: Uint8Array[] = []
  const { log, close } = await openOurLog(file)
  for await (const { payload } of log.readOn({ payloads: true }))
    if (payload !== null)
      payloads.push(await vaultKey.seal(Buffer.from(JSON.stringify(payload)), new Uint8Array()))
  await close()
  return { key, payloads }
}
