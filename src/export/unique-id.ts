import { sha1 } from '@noble/hashes/legacy.js'
import type { ContactKey } from '../domain/contact.ts'

/** The name space of contact keys: a random UUID. Another one would make every vCard a new contact to its readers. */
const NAME_SPACE = '8f0c5f5e-6e6b-4d0a-9a53-3d1b7f2f6a41'

const encoder = new TextEncoder()

/**
 * A UUID for a name in a name space (RFC 9562, section 5.5: version 5). Always the same for the same name.
 *
 * @param nameSpace a UUID
 */
export const uuidOf = (name: string, nameSpace = NAME_SPACE): string => {
  const space = Uint8Array.from(nameSpace.replaceAll('-', '').match(/../g) ?? [], (hex) => parseInt(hex, 16))
  const text = encoder.encode(name)
  const bytes = new Uint8Array(space.length + text.length)
  bytes.set(space)
  bytes.set(text, space.length)
  const hash = sha1(bytes)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The UID of a contact's vCard (RFC 6350, section 6.7.6), the same in each export, so that a reader updates what it has
 * instead of adding it again.
 */
export const uniqueId = (key: ContactKey): string => `urn:uuid:${uuidOf(key)}`
