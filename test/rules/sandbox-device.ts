import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import { memoryStorage, microsoft365WithTokenFile, openContactBook } from '../../src/node.ts'
import type { ContactBook, Outcome, ProgressBySource } from '../../src/node.ts'
import { newFolder } from '../temp-folder.ts'

/**
 * A book on a sandbox tenant of its own, with an access token file: for rules that have nothing to do with signing in.
 */
export const openOnSandbox = async (options: Partial<SandboxOptions>) => {
  const sandbox = await startSandbox(options)
  const device = await openOn(sandbox)
  const close = async () => {
    await device.close()
    await sandbox.close()
  }
  return { ...device, close }
}

/** The same on a tenant that is already running, and keeps running after `close`. */
export const openOn = async (sandbox: Sandbox) => {
  const tokenFile = join(await newFolder(), 'token')
  await writeFile(tokenFile, sandbox.issueToken('user'))
  const book = await openContactBook({
    store: memoryStorage(),
    sources: [microsoft365WithTokenFile({ tokenFile, graphUrl: sandbox.graphUrl })],
  })
  const progress: ProgressBySource[] = []
  book.progress.subscribe((value) => progress.push(value))
  return {
    sandbox,
    book,
    progress,
    close: () => book.close(),
  }
}

export const outcomeOf = async (
  book: ContactBook,
  command: 'signIn' | 'refresh' | 'restart',
): Promise<Outcome> => {
  const started = await book[command]('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  return book.outcome(started.attempt)
}
