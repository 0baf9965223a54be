import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TOKEN_LOCK } from '../adapters/sign-in/tokens/token-lock.ts'
import { lockFile } from '../adapters/stores/sqlite/run-locks.ts'

/** The path of the lock file of a token file. The lock file is empty. */
export const tokenLockFile = (tokens: string): string => lockFile(tokens, TOKEN_LOCK)

/** The paths of a token file and of temporary files left by a process that was killed while it wrote the token file. */
export const presentTokenFiles = async (tokens: string): Promise<readonly string[]> => {
  const names = await readdir(dirname(tokens)).catch(() => [])
  const base = basename(tokens)
  return names
    .filter((name) => name === base || (name.startsWith(`${base}.`) && name.endsWith('.tmp')))
    .map((name) => join(dirname(tokens), name))
}
