/**
 * Port: keeps small secrets where the system guards them for this person (a key ring, a key chain). Every
 * method throws where there is no such place, or it does not open.
 */
export interface KeyStore {
  /** Null where nothing is kept under this name. */
  get(name: string): Promise<Uint8Array | null>
  set(name: string, secret: Uint8Array): Promise<void>
  /** May be repeated. */
  delete(name: string): Promise<void>
}
