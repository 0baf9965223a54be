import type { Unreadable } from '../../domain/events.ts'
import { ImportFailure } from '../../domain/failures.ts'
import type { Source } from '../../domain/source.ts'
import { type KeyPlace, KeyVaultUnavailable, type KeyVault, type VaultKey } from '../../ports/key-vault.ts'
import { encodeBase64url } from '../../formats/base64url.ts'
import { textOfId } from './payload-cipher.ts'

/** Why there is no key: the vault does not answer, or it has no key or only a different one. */
export type NoKey = Exclude<Unreadable, 'damaged'>

/**
 * The keys of a book. Each linking has its own key, and a sign-out destroys it. So every process can derive the name of a
 * key from the log, a key that was made before a crash is found again, and a late destruction never hits the key of the
 * next linking.
 */
export class LinkingKeys {
  readonly #vault: KeyVault
  readonly #store: Promise<string>
  /** The keys with which this book encrypts, by name. */
  readonly #current = new Map<string, VaultKey>()
  /** Pending requests for keys, by name. */
  readonly #awaited = new Map<string, Promise<void>>()
  /** Results of earlier look-ups, by name and key id. */
  readonly #known = new Map<string, VaultKey | NoKey>()

  /** @param storeKey the random key of the store; names contain its hash only */
  constructor(vault: KeyVault, storeKey: string) {
    this.#vault = vault
    this.#store = hashOf(storeKey)
  }

  /**
   * Loads or makes the key of a linking, so that its events can be encrypted. Throws `ImportFailure`
   * `storage-locked` if the vault does not answer.
   */
  async obtain(stream: Source, linking: string): Promise<void> {
    const name = await this.#name(stream, linking)
    const obtained = this.#vault.obtain(name).then((key) => this.#keep(name, key))
    this.#awaited.set(name, obtained)
    try {
      await obtained
    } catch (error) {
      throw asFailure(error)
    } finally {
      if (this.#awaited.get(name) === obtained) this.#awaited.delete(name)
    }
  }

  /** The key that encrypts the events of a linking. Throws `ImportFailure` `storage-locked` if it was not obtained. */
  async toEncrypt(stream: Source, linking: string): Promise<VaultKey> {
    const key = this.#current.get(await this.#name(stream, linking))
    if (key === undefined) throw new ImportFailure('storage-locked')
    return key
  }

  /** The key of a linking with this id, or why there is none. Asks the vault once for each id. */
  async toDecrypt(stream: Source, linking: string, id: string): Promise<VaultKey | NoKey> {
    const name = await this.#name(stream, linking)
    const known = this.#known.get(`${name} ${id}`)
    if (known !== undefined) return known
    const found = await this.#load(name)
    if (typeof found === 'object') this.#keep(name, found)
    const key = typeof found === 'object' && textOfId(found.id) !== id ? 'lost' : found
    this.#known.set(`${name} ${id}`, key)
    return key
  }

  /** Null if there is no key. Throws `ImportFailure` `storage-locked` if the vault does not answer. */
  async placeOf(stream: Source, linking: string): Promise<KeyPlace | null> {
    return this.#vault.placeOf(await this.#name(stream, linking)).catch((error: unknown) => {
      throw asFailure(error)
    })
  }

  /** Forgets the key of a linking that has ended. */
  async forget(stream: Source, linking: string): Promise<void> {
    const name = await this.#name(stream, linking)
    this.#current.delete(name)
    for (const known of this.#known.keys()) if (known.startsWith(`${name} `)) this.#known.delete(known)
  }

  /**
   * Destroys the keys of these linkings, including those that the vault is still making. A key that cannot be destroyed
   * does not stop the others. Throws `ImportFailure` `storage-locked` if the vault does not answer. May be repeated.
   */
  async destroy(stream: Source, linkings: readonly string[]): Promise<void> {
    const results = await Promise.allSettled(
      linkings.map(async (linking) => {
        const name = await this.#name(stream, linking)
        await this.#awaited.get(name)?.catch(() => undefined)
        await this.forget(stream, linking)
        await this.#vault.destroy(name)
      }),
    )
    for (const result of results) if (result.status === 'rejected') throw asFailure(result.reason)
  }

  #keep(name: string, key: VaultKey): void {
    this.#current.set(name, key)
    this.#known.set(`${name} ${textOfId(key.id)}`, key)
  }

  async #load(name: string): Promise<VaultKey | NoKey> {
    try {
      return (await this.#vault.load(name)) ?? 'lost'
    } catch (error) {
      if (error instanceof KeyVaultUnavailable) return 'locked'
      throw error
    }
  }

  async #name(stream: Source, linking: string): Promise<string> {
    return `${await this.#store}/${stream}/${linking}`
  }
}

const asFailure = (error: unknown): unknown =>
  error instanceof KeyVaultUnavailable ? new ImportFailure('storage-locked', {}, error) : error

const hashOf = async (text: string): Promise<string> =>
  encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
