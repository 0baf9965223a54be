/**
 * Port: keeps small secrets in the system's key store (key ring, Keychain, Credential Manager). Every method
 * throws if there is no key store or it cannot be unlocked.
 */
export interface KeyStore {
  /** Null if there is no secret with this name. */
  get(name: string): Promise<Uint8Array | null>
  set(name: string, secret: Uint8Array): Promise<void>
  /** May be repeated. */
  delete(name: string): Promise<void>
}
