/**
 * Port: keeps small secrets in the system's key store (key ring, Keychain, Credential Manager). Every method
 * throws if there is none or it does not open.
 */
export interface KeyStore {
  /** Null if there is no secret of this name. */
  get(name: string): Promise<Uint8Array | null>
  set(name: string, secret: Uint8Array): Promise<void>
  /** May be repeated. */
  delete(name: string): Promise<void>
}
