import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TOKEN_LOCK } from '../adapters/sign-in/tokens/token-lock.ts'
import { lockFile } from '../adapters/stores/sqlite/run-locks.ts'

/** Files that belong to a store but are not part of it. */
export interface StoreBelongings {
  /**
   * The `tokenFile` that `microsoft365` was given for this store; those of several sources as a list. Absent: tokens are left
   * alone.
   */
  readonly tokenFile?: string | readonly string[] | undefined
}

export const tokenFilesOf = ({ tokenFile = [] }: StoreBelongings): readonly string[] =>
  typeof tokenFile === 'string' ? [tokenFile] : tokenFile

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
