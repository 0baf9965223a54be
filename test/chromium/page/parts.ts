import { indexedDbStorage, isImportFailure, isSignOutFailure, openContactBook } from '../../../src/browser.ts'
import type { BookStorage, ContactBook } from '../../../src/browser.ts'
import { exampleEvent, readAll } from '../../../src/testing/contracts/event-store/examples.ts'
import { sampleContacts } from '../../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../../src/testing/scripted-source.ts'
import { account, eventTypes, importAll, names, refreshAll } from '../../core/scripted-steps.ts'
import { dumpOf } from '../dump.ts'
import { connect } from '../raw-database.ts'

/** A tab with a book over the real storage, and a source that the test plays. */
const openTab = async (
  name: string,
  changed: (storage: BookStorage) => BookStorage = (storage) => storage,
) => {
  const source = new ScriptedSource()
  const store = changed(await indexedDbStorage(name))
  return { store, source, book: await openContactBook({ store, sources: [source] }) }
}

const parts = {
  account: (book: ContactBook) => account(book),
  connect,
  dumpOf,
  eventTypes,
  exampleEvent,
  importAll,
  indexedDbStorage,
  names,
  openTab,
  readAll,
  refreshAll,
  sampleContacts,
  /** The code of the failure, or null if the work succeeds. */
  codeOf: async (work: Promise<unknown>): Promise<string | null> => {
    try {
      await work
      return null
    } catch (error) {
      if (!isImportFailure(error)) throw error
      return error.code
    }
  },
  /** What a sign-out could not remove. */
  leftOf: async (work: Promise<unknown>): Promise<readonly string[]> => {
    try {
      await work
      return []
    } catch (error) {
      if (!isSignOutFailure(error)) throw error
      return error.left
    }
  },
  /** The names of the files with keys. */
  keyFiles: async (name: string): Promise<readonly string[]> => {
    const files: string[] = []
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(`${name}.keys`)
    for await (const file of folder.keys()) files.push(file)
    return files
  },
}

/** What a test can call in the page. */
export type Parts = typeof parts

declare global {
  interface Window {
    parts: Parts
  }
}

window.parts = parts
