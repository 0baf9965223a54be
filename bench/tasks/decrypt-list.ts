import { createDecipheriv, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { stopwatch } from '../harness/stopwatch.ts'

/** What `decryptList` reads, in the format of `node:v8`, which copies no bytes. */
export interface EncryptedPayloads {
  readonly key: Uint8Array
  /** Each: nonce, ciphertext, tag, as a key of `node-key.ts` seals it. */
  readonly payloads: readonly Uint8Array[]
}

export interface DecryptListInput {
  readonly file: string
  readonly contacts: number
}

interface Payload {
  readonly contacts?: readonly { readonly id: string }[]
}

const NONCE_END = 12
const TAG_BYTES = 16

/** The limit of rebuilding an encrypted list, from payloads in memory: nothing checked, nothing sorted. */
export const decryptList = async ({ file, contacts }: DecryptListInput) => {
  const { key, payloads } = deserialize(readFileSync(file)) as EncryptedPayloads
  const watch = stopwatch()
  const secret = createSecretKey(key)
  const list = new Map<string, unknown>()
  for (const payload of payloads) {
    const { contacts = [] } = JSON.parse(decrypted(payload, secret)) as Payload
    for (const contact of contacts) list.set(contact.id, contact)
  }
  const ms = watch.lap()
  if (list.size !== contacts) throw new Error(`${list.size} contacts instead of ${contacts}`)
  return { ms }
}

const decrypted = (payload: Uint8Array, key: KeyObject): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, payload.subarray(0, NONCE_END))
  decipher.setAuthTag(payload.subarray(-TAG_BYTES))
  const bytes = decipher.update(payload.subarray(NONCE_END, -TAG_BYTES))
  // Throws if the bytes are not authentic, and gives none: this cipher holds nothing back.
  decipher.final()
  return bytes.toString()
}
