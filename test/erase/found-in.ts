import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A text as a file may hold it: UTF-8, and UTF-16 in either byte order. */
const spellings = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
]

/** Which of the texts stand in any byte of any file of a folder, as `FILE: TEXT`. */
export const foundIn = async (folder: string, texts: readonly string[]): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true })
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)).catch(() => null) })),
  )
  return files.flatMap(({ name, bytes }) =>
    texts
      .filter((text) => spellings(text).some((spelling) => bytes?.includes(spelling)))
      .map((text) => `${name}: ${text}`),
  )
}
