import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { KeyVaultUnavailable, type KeyVault, type VaultKey } from '../../../ports/key-vault.ts'
import { askKeyRing } from './ask-key-ring.ts'
import { nodeKey } from '../node-key.ts'
import { ANSWER_LIMIT_MS } from '../unavailable.ts'
import { KEY_BYTES } from '../web-crypto-key.ts'

/** A vault in the key ring of the system. */
export interface KeyRingVault extends KeyVault {
  /** False if the package that speaks to key rings is not installed. Then the vault has no keys, and makes none. */
  readonly isInstalled: boolean
}

/** Keys that are being obtained in this process, so that none is made twice. By ring and name. */
const obtaining = new Map<string, Promise<VaultKey>>()

/**
 * Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME Keyring, KWallet) on Linux. `obtain` is
 * atomic in this process. A ring cannot make it atomic between processes: `systemVault` uses a lock for that.
 *
 * @param module the address of a module like `@napi-rs/keyring`, which is the default; null if there is none
 * @param timeLimit for one answer of the ring, in ms
 */
export const keyRingVault = (
  module: string | null = installed(),
  timeLimit: number = ANSWER_LIMIT_MS,
): KeyRingVault => {
  const ask = async (work: 'load' | 'obtain' | 'destroy', name: string): Promise<Uint8Array | null> => {
    if (module === null) return null
    return askKeyRing({ module, work, name, fresh: randomBytes(KEY_BYTES) }, timeLimit)
  }
  const load = async (name: string) => {
    const secret = await ask('load', name)
    return secret?.length === KEY_BYTES ? nodeKey(secret) : null
  }
  const obtain = async (name: string) => {
    const secret = await ask('obtain', name)
    if (secret?.length !== KEY_BYTES) throw new KeyVaultUnavailable('The key ring keeps no keys.')
    return nodeKey(secret)
  }

  return {
    isInstalled: module !== null,
    obtain: (name) => {
      const id = `${module} ${name}`
      const key = obtaining.get(id) ?? obtain(name).finally(() => obtaining.delete(id))
      obtaining.set(id, key)
      return key
    },
    load,
    destroy: async (name) => {
      if ((await ask('destroy', name)) !== null)
        throw new KeyVaultUnavailable('The key ring still has the key.')
    },
    placeOf: async (name) => ((await load(name)) === null ? null : { kind: 'key-ring' }),
  }
}

const installed = (): string | null => {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('@napi-rs/keyring')).href
  } catch {
    return null
  }
}
