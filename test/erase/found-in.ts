import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The encodings of a text that a file may contain: UTF-8, and UTF-16 in either byte order. */
export const spellings = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
]

/** The names of the key files beside a store. */
export const keysIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(join(folder, 'contacts.db.keys')).catch(() => [])
  return names.filter((name) => name !== 'CACHEDIR.TAG')
}

/** Which of the texts occur in any file of a folder, as `FILE: TEXT`. */
export const foundIn = async (folder: string, texts: readonly string[]): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true })
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)).catch(() => null) })),
  )
  const searched = texts.map((text) => ({ text, spelled: spellings(text) }))
  return files.flatMap(({ name, bytes }) =>
    searched
      .filter(({ spelled }) => spelled.some((spelling) => bytes?.includes(spelling)))
      .map(({ text }) => `${name}: ${text}`),
  )
}
