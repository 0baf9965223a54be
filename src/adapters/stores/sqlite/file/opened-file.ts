import { resolve } from 'node:path'
import { ImportFailure } from '../../../../domain/failures.ts'
import { type FileIdentity, identityOf, isSameFile } from '../../../files/file-identity.ts'

/** The file of an open store. */
export interface OpenedFile {
  /** Its real path. */
  readonly location: string
  /**
   * Throws `ImportFailure` `storage-replaced` if the path by which the store was opened, or its real path, leads to
   * another file or to none: the path does not lead to later writes any more.
   */
  check(): void
}

/**
 * The file that SQLite has opened at `location`, the real path of `file`. `before` is the file that was there before; if it is
 * still there, SQLite has opened just that, because an open file keeps its inode. Throws as `check` does.
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
    // A folder that cannot be searched, or a virus scanner, says nothing about the file.
    return false
  }
  return !isSameFile(now, before)
}
