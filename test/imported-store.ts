import { cp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect } from 'vitest'
import { newFolder, test as base } from './temp-folder.ts'
import { start } from './terminal-process.ts'

/**
 * `test` with `importedStore`: resolves to the path of a store into which the command imported the given number of
 * contacts from the sandbox. The import runs once for a file of tests; each call gets its own copy, including tokens.
 */
export const test = base.extend('importedStore', { scope: 'file' }, ({ sharedFolder }) => {
  const originals = new Map<number, Promise<string>>()
  const imported = async (contacts: number): Promise<string> => {
    const store = join(sharedFolder, String(contacts), 'contacts.db')
    // Within this process, libsql would close its files only when its statements are garbage.
    const { ended } = start('import', '--contacts', String(contacts), '--store', store)
    expect(await ended).toMatchObject({ code: 0 })
    return store
  }
  return async (contacts: number): Promise<string> => {
    const original = originals.get(contacts) ?? imported(contacts)
    originals.set(contacts, original)
    const folder = await newFolder()
    await cp(dirname(await original), folder, { recursive: true })
    return join(folder, basename(await original))
  }
})
