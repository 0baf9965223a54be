/** The kinds of images that are shown. Every browser and every toolkit decodes them, and none of them can hold a script. */
export type PhotoType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp'

/** The photo of a contact: the bytes of an image file, as the source has them. */
export interface Photo {
  readonly bytes: Uint8Array
  readonly type: PhotoType
}

/**
 * The largest photo that is shown, in bytes. The largest size that Graph makes of a photo is 648 × 648 (Graph:
 * "profilePhoto"), and as a JPEG that takes a tenth of this; the rest is for what other programs have stored in
 * contacts. Twenty such photos still fit in one answer to a batch (`graphPhotoSource`).
 */
export const LARGEST_PHOTO = 1_000_000

/** The first bytes of each kind of file. Null stands for any byte. */
const signatures: readonly (readonly [PhotoType, readonly (number | null)[]])[] = [
  // ISO/IEC 10918-1: the marker SOI, and the first byte of the next marker.
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  // PNG specification, section 5.2.
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  // "GIF87a" or "GIF89a".
  ['image/gif', [0x47, 0x49, 0x46, 0x38, null, 0x61]],
  // RFC 9649, section 2: "RIFF", the size, "WEBP".
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
]

/**
 * The photo that these bytes are; null if they are none that can be shown, or too many. The bytes alone decide: a service
 * may give any type, and a browser that is told `image/svg+xml` would run the scripts in it.
 */
export const photoOf = (bytes: Uint8Array): Photo | null => {
  if (bytes.length > LARGEST_PHOTO) return null
  const [type] = signatures.find(([, signature]) => startsWith(bytes, signature)) ?? []
  return type === undefined ? null : { bytes, type }
}

const startsWith = (bytes: Uint8Array, signature: readonly (number | null)[]): boolean =>
  signature.every((byte, index) => (byte === null ? index < bytes.length : bytes[index] === byte))
