import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** Its name has the hash of its contents, so a browser may keep it for ever. */
  readonly isImmutable: boolean
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * The files of a folder by their paths: `/`, `/assets/index-BeLW.js`. Read once, so that a path of a request never reaches the
 * disk. Throws the system's error if the folder cannot be read.
 */
export const readPageFiles = (folder: string, prefix = '/'): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep).join('/')
    const isImmutable = path.startsWith('assets/')
    const found = { type, body: readFileSync(file), isImmutable }
    files.set(prefix + path, found)
    if (path === 'index.html') files.set(prefix, found)
  }
  return files
}
