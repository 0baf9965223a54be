import { resolve } from 'node:path'
import { ImportFailure } from '../../../../domain/failures.ts'
import { type FileIdentity, identityOf, isSameFile } from '../../../files/file-identity.ts'

/** The file of an open store. */
export interface OpenedFile {
  /** Its real path. */
  readonly location: string
  /**
   * Throws `ImportFailure` `storage-replaced` if the path by which the store was opened, or its real path, leads to
   * another file or to none. Later writes could then not be found by that path.
   */
  check(): void
}

/**
 * The file that SQLite has opened at `location`, the real path of `file`. `before` is the file that was there before.
 * If it is still there, it is the file that SQLite has opened, because an open file keeps its inode. Throws as
 * `check` does.
 */
export const openedFile = (file: string, location: string, before: FileIdentity | null): OpenedFile => {
  const given = resolve(file)
  const check = (): void => {
    const isReplaced =
      leadsElsewhere(() => identityOf(location), before) ||
      (given !== location && leadsElsewhere(() => identityOf(given, { followed: true }), before))
    if (isReplaced) throw new ImportFailure('storage-replaced')
  }
  check()
  return { location, check }
}

const leadsElsewhere = (look: () => FileIdentity | null, before: FileIdentity | null): boolean => {
  let now
  try {
    now = look()
  } catch {
    // An error of a folder that cannot be searched, or of a virus scanner, says nothing about the file.
    return false
  }
  return !isSameFile(now, before)
}
