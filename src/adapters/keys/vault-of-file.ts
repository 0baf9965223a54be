import { createHash } from 'node:crypto'
import type { KeyVault } from '../../ports/key-vault.ts'
import { realPath } from '../files/real-path.ts'
import { fileVault } from './file-vault.ts'
import { systemVault } from './system-vault.ts'

/** Where the key of a token file is. */
export interface TokenKeyPlace {
  readonly keys: KeyVault
  readonly keyName: string
}

/**
 * The vault for the keys of a file, which need not exist yet. Every path that leads to the file gives the same keys.
 * Without `keyRing`, keys are kept in files.
 */
export const vaultOfFile = (file: string, { keyRing = true } = {}): KeyVault => {
  const folder = `${realPath(file)}.keys`
  return keyRing ? systemVault(folder) : fileVault(folder)
}

/** The vault and the name of the key that encrypts a token file. */
export const tokenKeyOf = (tokenFile: string): TokenKeyPlace => ({
  keys: vaultOfFile(tokenFile),
  keyName: `${createHash('sha256').update(realPath(tokenFile)).digest('base64url')}/tokens`,
})
