import { cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import { microsoft365, openContactBook, sqliteStorage } from '../../src/node.ts'
import type { ContactBook, Outcome } from '../../src/node.ts'
import { startBookProcess } from './book-process.ts'
import type { BookProcess } from './book-process.ts'

/** A tenant, and folders with a store and its tokens in them, which processes and the test itself open. */
export interface Scene {
  readonly sandbox: Sandbox
  /** A new folder, empty or with a copy of what another one holds. */
  folder(like?: string): Promise<string>
  /** Another process on this folder, its book not yet open. */
  process(folder: string): Promise<BookProcess>
  /** The book in this folder, opened by the test. */
  open(folder: string): Promise<ContactBook>
  /** What the list has to show: `ID CHANGE-KEY` of every contact of the mailbox, sorted. */
  mailbox(): readonly string[]
  /** Ends all processes. */
  close(): Promise<void>
}

/** Some drivers remove the WAL of a store a moment after it was closed: then the copy begins again. */
const copyAtRest = async (from: string, to: string, tries = 5): Promise<void> => {
  try {
    await cp(from, to, { recursive: true })
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ENOENT' || tries === 1) throw error
    await copyAtRest(from, to, tries - 1)
  }
}

/** Makes its folders in `root`. */
export const startScene = async (root: string, options: Partial<SandboxOptions>): Promise<Scene> => {
  const sandbox = await startSandbox(options)
  const processes = new Set<BookProcess>()
  const storeIn = (folder: string) => join(folder, 'contacts.db')
  return {
    sandbox,
    folder: async (like) => {
      const folder = await mkdtemp(join(root, 'device-'))
      if (like !== undefined) await copyAtRest(like, folder)
      return folder
    },
    process: async (folder) => {
      const { graphUrl, signInOptions: signIn } = sandbox
      const process = await startBookProcess({ store: storeIn(folder), graphUrl, signIn })
      processes.add(process)
      void process.ended.then(() => processes.delete(process))
      return process
    },
    open: async (folder) => {
      const store = storeIn(folder)
      const source = microsoft365({
        ...sandbox.signInOptions,
        graphUrl: sandbox.graphUrl,
        tokenFile: `${store}.tokens.json`,
        openBrowser: sandbox.robot({ decision: 'accept' }),
      })
      return openContactBook({ store: await sqliteStorage(store), sources: [source] })
    },
    mailbox: () =>
      sandbox
        .mailbox('user')
        .contacts()
        .map(({ immutableId, changeKey }) => `${immutableId} ${changeKey}`)
        .sort(),
    close: async () => {
      await Promise.all([...processes].map((process) => process.kill()))
      await sandbox.close()
    },
  }
}

/**
 * Does the work, and expects this process to send no request meanwhile. The log of the sandbox cannot tell that: what
 * a killed process sent last may reach it later.
 */
export const withoutRequests = async <T>(work: () => Promise<T>): Promise<T> => {
  const fetch = vi.spyOn(globalThis, 'fetch')
  try {
    const result = await work()
    expect(fetch).not.toHaveBeenCalled()
    return result
  } finally {
    fetch.mockRestore()
  }
}

/** What the list shows: `ID CHANGE-KEY` of every contact, sorted. */
export const shown = (book: ContactBook): readonly string[] =>
  book.contacts
    .get()
    .map(({ id, version }) => `${id} ${version ?? ''}`)
    .sort()

export const account = (book: ContactBook) => {
  const [found] = book.accounts.get()
  if (!found) throw new Error('not shown')
  return found
}

export const eventTypes = async (book: ContactBook): Promise<readonly string[]> => {
  const types: string[] = []
  for await (const { type } of book.events()) types.push(type)
  return types
}

/** Resumes what a crash left; if that has no good end, starts again. */
export const resumeOrRestart = async (book: ContactBook): Promise<Outcome> => {
  const [resumed] = await book.resume()
  const outcome = resumed?.as === 'continued' ? await book.outcome(resumed.attempt) : null
  return outcome?.state === 'imported' ? outcome : run(book, 'restart')
}

/** Starts an attempt and waits for its end. */
export const run = async (book: ContactBook, by: 'signIn' | 'restart' | 'refresh'): Promise<Outcome> => {
  const started = await book[by]('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  return book.outcome(started.attempt)
}
