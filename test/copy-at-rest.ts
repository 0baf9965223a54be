import { cp } from 'node:fs/promises'

/** Copies again if a driver removes the WAL meanwhile: some do so a moment after the store was closed. */
export const copyAtRest = async (from: string, to: string, tries = 5): Promise<void> => {
  try {
    await cp(from, to, { recursive: true })
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ENOENT' || tries === 1) throw error
    await copyAtRest(from, to, tries - 1)
  }
}
