import { createDecipheriv, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { stopwatch } from '../harness/stopwatch.ts'

/** The input of `decryptList`, in the serialization format of `node:v8`, which copies no bytes. */
export interface EncryptedPayloads {
  readonly key: Uint8Array
  /** Each: nonce, ciphertext, tag, as a key of `node-key.ts` encrypts it. */
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

/** The lower limit for rebuilding an encrypted list, from payloads in memory, without checks or sorting. */
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
  // Throws if the bytes are not authentic. It returns no bytes: GCM has no final block.
  decipher.final()
  return bytes.toString()
}
