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

/** Bytes that the browser cannot compress. */
const randomBytes = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 50_000) crypto.getRandomValues(bytes.subarray(at, at + 50_000))
  return bytes
}

/** Writes to a database until nothing more fits. Resolves to the name of the error. */
const fillUp = async (name: string): Promise<string> => {
  const db = await connect(
    name,
    1,
    (upgraded) => void upgraded.createObjectStore('s', { autoIncrement: true }),
  )
  let error = ''
  for (const size of [100_000, 10_000, 1_000, 100, 1])
    for (error = ''; error === '';) {
      const transaction = db.transaction('s', 'readwrite', { durability: 'strict' })
      transaction.objectStore('s').add(randomBytes(size))
      error = await new Promise((resolve) => {
        transaction.oncomplete = () => resolve('')
        transaction.onabort = () => resolve(transaction.error?.name ?? 'none')
      })
    }
  db.close()
  return error
}

/** Before or after a step of a sign-out that changes something on the device. */
export type Moment = `${'before' | 'after'} ${'append' | 'destroy' | 'erase'}`

/** Changes a storage so that it stops for ever at a moment, and tells when it is reached. */
const stopAt = (moment: Moment) => {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const stop = (): Promise<never> => {
    reach()
    return new Promise(() => undefined)
  }
  const around = async <T>(step: 'append' | 'destroy' | 'erase', work: () => Promise<T>): Promise<T> => {
    if (moment === `before ${step}`) return stop()
    const result = await work()
    return moment === `after ${step}` ? stop() : result
  }
  const changed = ({ events, keys, locks }: BookStorage): BookStorage => ({
    locks,
    events: {
      ...events,
      append: (...given) => around('append', () => events.append(...given)),
      erase: (...given) => around('erase', () => events.erase(...given)),
    },
    keys: { ...keys, destroy: (name) => around('destroy', () => keys.destroy(name)) },
  })
  return { changed, reached }
}

const parts = {
  fillUp,
  randomBytes,
  stopAt,
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
