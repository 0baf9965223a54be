/** What the key ring's process is asked, once. */
export interface KeyRingRequest {
  /** The address of the module that speaks to the ring. */
  readonly module: string
  readonly work: 'load' | 'obtain' | 'destroy'
  readonly name: string
  /** The key to keep if the ring has none under this name. */
  readonly fresh: Uint8Array
}

/** What it answers: the secret that the ring holds, or null if it holds none. */
export interface KeyRingAnswer {
  readonly secret: Uint8Array | null
}
