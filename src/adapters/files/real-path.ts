import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, parse, resolve } from 'node:path'
import { ImportFailure } from '../../domain/failures.ts'
import { isFromStranger } from './owners.ts'

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40

/**
 * The absolute path of a file without links: the same for every path that leads to the file. Neither the file nor its
 * folder needs to exist: a link to a missing file leads to where that file would be. On a file system that ignores
 * case, the existing part of the path has the stored case.
 *
 * Throws `ImportFailure`: `storage-untrusted` if another user put a link on the way into a folder that others may
 * write to, `storage-unavailable` if links form a loop.
 */
export const realPath = (path: string): string => canonical(withoutLinks(resolve(path)))

const withoutLinks = (path: string): string => {
  let real = parse(path).root
  let rest = partsOf(path)
  for (let links = 0; rest.length > 0;) {
    const [part = '', ...after] = rest
    rest = after
    // The target of a link may contain `..`.
    const next = part === '..' ? dirname(real) : join(real, part)
    const target = targetOf(next)
    if (target === null) {
      real = next
      continue
    }
    if (++links > MOST_LINKS) throw new ImportFailure('storage-unavailable')
    if (isAbsolute(target)) real = parse(target).root
    rest = [...partsOf(target), ...rest]
  }
  return real
}

const partsOf = (path: string): readonly string[] =>
  path
    .slice(parse(path).root.length)
    .split(process.platform === 'win32' ? /[\\/]/ : '/')
    .filter((part) => part !== '' && part !== '.')

/** Null if the path is not a link or cannot be examined. In the latter case, opening the file fails and says why. */
const targetOf = (path: string): string | null => {
  try {
    const found = lstatSync(path)
    if (!found.isSymbolicLink()) return null
    if (isFromStranger(path, found)) throw new ImportFailure('storage-untrusted')
    return readlinkSync(path)
  } catch (error) {
    if (error instanceof ImportFailure) throw error
    return null
  }
}

const canonical = (path: string): string => {
  try {
    return realpathSync.native(path)
  } catch {
    const folder = dirname(path)
    return folder === path ? path : join(canonical(folder), basename(path))
  }
}
