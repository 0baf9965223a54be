import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ImportFailure } from '../../domain/failures.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { chosenFile } from './chosen-file.ts'
import type { ExportFile } from './export-file.ts'
import { exportSource } from './export-source.ts'

/** Which exported file to read. */
export interface OutlookFilesOptions {
  /**
   * A file that Outlook exported (`.csv`, `.vcf`), or a folder with such files. Absent: that of the last import, which a refresh
   * reads again.
   */
  readonly path?: string | undefined
}

/**
 * The contacts of the Outlook app, from a file that it exported. There is no sign-in: naming the file is the person's consent. The
 * file is only read. A file of a folder that cannot be read is left out and counted, but a refresh fails rather than remove the contacts
 * of a file that it could read before. An attempt fails with `file-unreadable` if the file is gone or has no contacts that can be read, and with
 * `file-unknown-columns` if a table has other columns than those that Outlook writes.
 */
export const outlookFiles = ({ path }: OutlookFilesOptions = {}): LinkedSource => {
  const given = path === undefined ? null : resolve(path)
  return {
    source: 'outlook',
    signIn: chosenFile(async () => {
      if (given === null) return null
      await exportedFiles(given)
      return basename(given)
    }),
    contacts: exportSource(async (known) => {
      const place = given ?? known
      if (place === null) throw new ImportFailure('file-unreadable')
      return { place, files: await exportedFiles(place) }
    }),
  }
}

/** Throws `file-unreadable`. */
const exportedFiles = async (path: string): Promise<readonly ExportFile[]> => {
  try {
    const found = await look(path)
    if (!found.isFolder) return [found.file]
    const names = (await readdir(path)).filter((name) => /\.(csv|vcf)$/i.test(name)).sort()
    const inside = await Promise.all(names.map((name) => lookInside(join(path, name))))
    const files = inside.filter(({ isFolder }) => !isFolder).map(({ file }) => file)
    if (files.length === 0) throw new ImportFailure('file-unreadable')
    return files
  } catch (error) {
    throw new ImportFailure('file-unreadable', {}, error)
  }
}

/** A file of a folder, which must not cost the person the others if it cannot be opened. */
const lookInside = (path: string): ReturnType<typeof look> =>
  look(path).catch((error: unknown) => ({
    isFolder: false,
    file: {
      name: basename(path),
      size: -1,
      modified: new Date(0),
      read: () => {
        throw error
      },
    },
  }))

const look = async (path: string): Promise<{ readonly isFolder: boolean; readonly file: ExportFile }> => {
  const found = await stat(path)
  // A pipe or a device may never end.
  if (!found.isFile() && !found.isDirectory()) throw new ImportFailure('file-unreadable')
  return {
    isFolder: found.isDirectory(),
    file: {
      name: basename(path),
      size: found.size,
      modified: found.mtime,
      read: (signal) => createReadStream(path, { signal }),
    },
  }
}
