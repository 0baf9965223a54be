import type { KeyVault, VaultKey } from '../../ports/key-vault.ts'
import { KEY_BYTES, webCryptoKey } from './web-crypto-key.ts'

/**
 * A vault that lasts as long as the process or page. Runs in any runtime.
 *
 * @param keyOf makes a key of 32 bytes
 */
export const memoryVault = (
  keyOf: (bytes: Uint8Array) => VaultKey | Promise<VaultKey> = webCryptoKey,
): KeyVault => {
  const keys = new Map<string, Promise<VaultKey>>()
  const made = async () => keyOf(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))
  return {
    obtain: (name) => {
      const key = keys.get(name) ?? made()
      keys.set(name, key)
      return key
    },
    load: async (name) => (await keys.get(name)) ?? null,
    destroy: async (name) => void keys.delete(name),
    placeOf: async (name) => (keys.has(name) ? { kind: 'memory' } : null),
  }
}
