/** A key for AES-256-GCM. It encrypts and decrypts itself, so that no other code handles its bytes. */
export interface VaultKey {
  /** The first 8 bytes of the SHA-256 of the key. Distinguishes data of another key from damaged data. */
  readonly id: Uint8Array
  /**
   * Encrypts and authenticates bytes under a random nonce. Resolves to nonce (12 bytes), ciphertext and tag (16 bytes).
   *
   * @param context authenticated as well, not encrypted; `open` needs the same
   */
  seal(bytes: Uint8Array, context: Uint8Array): Promise<Uint8Array>
  /** The bytes that `seal` was given; null if they or the context are not authentic. */
  open(sealed: Uint8Array, context: Uint8Array): Promise<Uint8Array | null>
}

/** Where a key is kept, to show to users. */
export type KeyPlace =
  | { readonly kind: 'memory' }
  | { readonly kind: 'key-ring' }
  | { readonly kind: 'file'; readonly path: string }

/** The vault is locked, does not answer or cannot be written. Whether it has a key is unknown. */
export class KeyVaultUnavailable extends Error {
  override readonly name = 'KeyVaultUnavailable'
}

/**
 * Port: keeps keys apart from the data that they encrypt, for all processes or tabs of a person. Every method throws
 * `KeyVaultUnavailable` within 5 s if the vault does not answer. Names have letters, digits and `/-_.` only.
 * `keyVaultContract` in `testing` is the contract suite.
 */
export interface KeyVault {
  /**
   * Loads the key, or makes it. Two processes that do so at the same time get the same key. Durable when it resolves. It
   * takes longer while another process obtains a key.
   */
  obtain(name: string): Promise<VaultKey>
  /** Null if the vault answers that there is none. */
  load(name: string): Promise<VaultKey | null>
  /** Destroys the key, so that nothing it encrypted can be read again. May be repeated. */
  destroy(name: string): Promise<void>
  /** Null if there is no such key. */
  placeOf(name: string): Promise<KeyPlace | null>
}
