import { homedir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './usage-error.ts'

/**
 * The file that an option names. A shell replaces `~` with the home folder only at the start of a word, so it leaves
 * `--store=~/contacts.db` as it is (POSIX 2.6.1). Throws `UsageError` for the home folder of another user, which only a
 * shell knows.
 */
export const fileOption = (
  name: string,
  path: string | undefined,
  home: string = homedir(),
): string | undefined => {
  if (path === undefined || !path.startsWith('~')) return path
  if (path === '~') return home
  if (/^~[/\\]/.test(path)) return join(home, path.slice(2))
  const [user] = path.split(/[/\\]/)
  throw new UsageError(
    `Option --${name} cannot look up the home folder ${user}: write out its path, or ./${path} for a file of that name.`,
  )
}
