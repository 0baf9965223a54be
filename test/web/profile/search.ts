import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spellings } from '../../erase/found-in.ts'
import { logContents, tableBlocks } from './leveldb.ts'
import { unsnapped } from './snappy.ts'

/** What a search of a browser's profile has found. */
export interface Found {
  /** Each text in each file, as `FILE: TEXT`; bytes in hexadecimal. */
  readonly hits: readonly string[]
  /** Number of files, and of those that LevelDB has written. */
  readonly files: number
  readonly databases: number
}

/**
 * Searches every file of a profile of a closed browser for bytes, and for texts in UTF-8 and UTF-16: as it is, the logs and tables of
 * LevelDB as their contents, and the values that Chromium has compressed.
 */
export const searchProfile = async (
  profile: string,
  wanted: readonly (string | Buffer)[],
): Promise<Found> => {
  const entries = await readdir(profile, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const searched = wanted.map((each) =>
    typeof each === 'string'
      ? { text: each, spelled: spellings(each) }
      : { text: each.toString('hex'), spelled: [each] },
  )
  const hits: string[] = []
  let databases = 0
  for (const path of paths) {
    const bytes = await readFile(path)
    const isTable = path.endsWith('.ldb')
    const isLog = /\d{6}\.log$/.test(path)
    if (isTable || isLog) databases++
    const contents = isTable ? tableBlocks(bytes) : isLog ? [logContents(bytes)] : []
    const views = [bytes, ...contents].flatMap((view) => [view, ...compressedValues(view)])
    for (const { text, spelled } of searched)
      if (views.some((view) => spelled.some((spelling) => view.includes(spelling))))
        hits.push(`${path.slice(profile.length + 1)}: ${text}`)
  }
  return { hits, files: paths.length, databases }
}

/** How a value begins that IndexedDB has compressed with Snappy (Chromium, idb_value_wrapping.cc). */
const COMPRESSED = Buffer.from([0xff, 0x11, 0x02])

const compressedValues = (bytes: Buffer): readonly Buffer[] => {
  const found: Buffer[] = []
  for (let at = bytes.indexOf(COMPRESSED); at >= 0; at = bytes.indexOf(COMPRESSED, at + 1))
    found.push(unsnapped(bytes.subarray(at + COMPRESSED.length)))
  return found
}
