import { cp } from 'node:fs/promises'

/** Some drivers remove the WAL of a store a moment after it was closed: then the copy begins again. */
export const copyAtRest = async (from: string, to: string, tries = 5): Promise<void> => {
  try {
    await cp(from, to, { recursive: true })
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ENOENT' || tries === 1) throw error
    await copyAtRest(from, to, tries - 1)
  }
}
