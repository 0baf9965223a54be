import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from 'node:process'
import { expect, vi } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import { vaultOfFile } from '../../src/adapters/keys/vault-of-file.ts'
import { microsoft365, openContactBook, sqliteStorage } from '../../src/node.ts'
import type { ContactBook, Outcome } from '../../src/node.ts'
import { copyAtRest } from '../copy-at-rest.ts'
import { startBookProcess } from './book-process.ts'
import type { BookProcess } from './book-process.ts'
import { environmentIn } from './environment.ts'

/** A tenant, and folders with a store and its tokens, which child processes and the test itself open. */
export interface Scene {
  readonly sandbox: Sandbox
  /** A new folder, empty or with a copy of the content of another one. */
  folder(like?: string): Promise<string>
  /** Another process on this folder, its book not yet open. */
  process(folder: string): Promise<BookProcess>
  /** The book in this folder, opened by the test. */
  open(folder: string): Promise<ContactBook>
  /** The expected list: `ID CHANGE-KEY` of every contact of the mailbox, sorted. */
  mailbox(): readonly string[]
  /** Ends all processes. */
  close(): Promise<void>
}

/** The store in a folder. */
export const storeIn = (folder: string) => join(folder, 'contacts.db')

interface SceneOptions extends SandboxOptions {
  /** Whether the tokens are encrypted, as for a tenant that is not on this machine. Default: false. */
  readonly encryptsTokens: boolean
}

/** Starts a scene that makes its folders in `root`. */
export const startScene = async (
  root: string,
  { encryptsTokens = false, ...options }: Partial<SceneOptions>,
): Promise<Scene> => {
  const sandbox = await startSandbox(options)
  const processes = new Set<BookProcess>()
  return {
    sandbox,
    folder: async (like) => {
      const folder = await mkdtemp(join(root, 'device-'))
      if (like !== undefined) await copyAtRest(like, folder)
      return folder
    },
    process: async (folder) => {
      const { graphUrl, signInOptions: signIn } = sandbox
      const process = await startBookProcess(
        { store: storeIn(folder), graphUrl, signIn, encryptsTokens },
        { ...env, ...(await environmentIn(folder)) },
      )
      processes.add(process)
      void process.ended.then(() => processes.delete(process))
      return process
    },
    open: async (folder) => {
      const store = storeIn(folder)
      const tokenFile = `${store}.tokens.json`
      const source = microsoft365({
        ...sandbox.signInOptions,
        graphUrl: sandbox.graphUrl,
        tokenFile,
        ...(encryptsTokens && { keys: vaultOfFile(tokenFile, { keyRing: false }) }),
        openBrowser: sandbox.robot({ decision: 'accept' }),
      })
      return openContactBook({ store: await sqliteStorage(store, { keyRing: false }), sources: [source] })
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
 * Does the work and expects that this process sends no request meanwhile. The log of the sandbox cannot show that,
 * because the last request of a killed process may reach it later.
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

/** The list of a book: `ID CHANGE-KEY` of every contact, sorted. */
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

/** Resumes the interrupted attempt. Restarts if there is none, or if it does not end as imported. */
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
