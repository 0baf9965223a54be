import type { NewEvent } from '../../ports/event-store.ts'
import type { VaultKey } from '../../ports/key-vault.ts'

/**
 * The first byte of all encrypted data, so that a later version can introduce another format. The id of the key (8 bytes)
 * and the output of `seal` follow: nonce, ciphertext, tag.
 */
const FORMAT = 1
const ID_END = 9

const encoder = new TextEncoder()

/** The context of a payload: its event. Without the position, because a store may number its events as it likes. */
export const payloadContext = ({
  stream,
  type,
  version,
  id,
  attempt,
}: Omit<NewEvent, 'payload'>): Uint8Array =>
  encoder.encode(JSON.stringify([FORMAT, stream, type, version, id, attempt]))

interface PartOfView {
  readonly name: string
  readonly version: number
  readonly position: number
  readonly stream: string
  readonly index: number
}

/** The context of a part of a saved view. */
export const partContext = ({ name, version, position, stream, index }: PartOfView): Uint8Array =>
  encoder.encode(JSON.stringify([FORMAT, name, version, position, stream, index]))

/** Encrypts bytes for a context. Reads the bytes before it returns its promise. */
export const encrypt = async (key: VaultKey, bytes: Uint8Array, context: Uint8Array): Promise<Uint8Array> => {
  const sealed = await key.seal(bytes, context)
  const encrypted = new Uint8Array(ID_END + sealed.length)
  encrypted[0] = FORMAT
  encrypted.set(key.id, 1)
  encrypted.set(sealed, ID_END)
  return encrypted
}

/** The id of the key with which this was encrypted, as text; null if it was not encrypted in a known format. */
export const keyIdIn = (encrypted: Uint8Array): string | null =>
  encrypted[0] === FORMAT && encrypted.length > ID_END ? textOfId(encrypted.subarray(1, ID_END)) : null

export const textOfId = (id: Uint8Array): string =>
  Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The bytes that were encrypted with this key in this context; null if they are damaged or belong elsewhere. */
export const decrypt = (
  key: VaultKey,
  encrypted: Uint8Array,
  context: Uint8Array,
): Promise<Uint8Array | null> => key.open(encrypted.subarray(ID_END), context)
