import type { KeyStore } from '../../ports/key-store.ts'

const SERVICE = 'device-contacts'

/** Loaded on demand. The package is optional: if it is not installed, there is no key store. */
const entry = async (name: string) => {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Linux's other store, the kernel's key ring, loses its keys when the machine restarts.
  return new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } })
}

/** Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME Keyring, KWallet) on Linux. */
export const systemKeyStore: KeyStore = {
  get: async (name) => {
    const secret = await (await entry(name)).getSecret()
    return secret === null ? null : Uint8Array.from(secret)
  },
  set: async (name, secret) => (await entry(name)).setSecret(secret),
  delete: async (name) => {
    await (await entry(name)).deleteCredential()
  },
}
