import { randomUUID } from 'node:crypto'
import { link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { UsageError } from '../arguments/usage-error.ts'
import { explainNotWritten } from './file-failure.ts'
import type { NotWritten } from './file-failure.ts'

export interface WriteExportOptions {
  /** Whether a file that is there is replaced. */
  readonly force: boolean
  /** Whether the person asked to end: then nothing is left of the file. */
  readonly isStopped: () => boolean
}

/** How an export ended. `stopped`: nothing was written. */
export type WrittenExport = 'written' | 'stopped' | NotWritten

/**
 * Writes an export to a new file that only this user may read: beside its place, and then there in one step, so that no
 * part of it looks like all. Throws `UsageError` if something is there already.
 */
export const writeExport = async (
  path: string,
  pieces: AsyncIterable<string>,
  { force, isStopped }: WriteExportOptions,
): Promise<WrittenExport> => {
  // A file behind a link is replaced there, and the link stays.
  const place = await realpath(path).catch(() => path)
  const beside = `${place}.${randomUUID().slice(0, 8)}.part`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      for await (const piece of pieces) {
        if (isStopped()) return 'stopped'
        await file.appendFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    if (isStopped()) return 'stopped'
    await (force ? rename(beside, place) : moveToFree(beside, path))
    return 'written'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw taken(path)
    return explainNotWritten(error, 'The contacts', path, 'Name another place: --out FILE.')
  } finally {
    await rm(beside, { force: true }).catch(() => undefined)
  }
}

/**
 * Checks that an export may go to a path, before anything is read. Throws `UsageError` if a file is there, unless it is to
 * be replaced, if something else is there, such as a folder or a device, or if the path is that of the store or of a file
 * that belongs to it.
 */
export const checkPlace = async (path: string, store: string, force: boolean): Promise<void> => {
  const [places, stores] = await Promise.all([placesOf(path), placesOf(store)])
  if (places.some((place) => stores.some((kept) => isOrBelongsTo(place, kept))))
    throw new UsageError(`The contacts are stored at ${path}. Name another file: --out FILE.`)
  const found = await stat(path).catch(() => null)
  if (found && !found.isFile())
    throw new UsageError(`There is something other than a file at ${path}. Name a file: --out FILE.`)
  if (!force && (await isThere(path))) throw taken(path)
}

const taken = (path: string): UsageError =>
  new UsageError(`There is already a file at ${path}. Name a new one, or add --force to replace it.`)

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Where a path is and, if it is a link, where it leads. */
const placesOf = async (path: string): Promise<readonly string[]> => {
  const folder = dirname(resolve(path))
  const place = join(await realpath(folder).catch(() => folder), basename(path))
  return [place, await realpath(path).catch(() => place)]
}

/** What the names of the files and of the folder that belong to a store have after its own. */
const belonging: readonly string[] = ['-wal', '-shm', '-journal', '.lock-', '.tokens.json', `.keys${sep}`]

const isOrBelongsTo = (place: string, store: string): boolean =>
  place === store || place === `${store}.keys` || belonging.some((end) => place.startsWith(store + end))

/** Codes of file systems that know no second name for a file, as FAT. */
const withoutLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']

/** `link` fails where something is, which `rename` would replace. */
const moveToFree = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!withoutLinks.includes(code)) throw error
    if (await isThere(to)) throw taken(to)
    await rename(from, to)
  }
}
