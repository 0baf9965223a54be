import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TOKEN_LOCK } from '../adapters/microsoft365/sign-in/tokens/token-lock.ts'
import { lockFile } from '../adapters/stores/sqlite/run-locks.ts'

/** Where the lock of a token file is. It is empty. */
export const tokenLockFile = (tokens: string): string => lockFile(tokens, TOKEN_LOCK)

/** The paths of a token file and of the temporary files that a process left that was killed while it wrote it. */
export const presentTokenFiles = async (tokens: string): Promise<readonly string[]> => {
  const names = await readdir(dirname(tokens)).catch(() => [])
  const base = basename(tokens)
  return names
    .filter((name) => name === base || (name.startsWith(`${base}.`) && name.endsWith('.tmp')))
    .map((name) => join(dirname(tokens), name))
}
