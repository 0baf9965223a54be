import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../sandbox/index.ts'
import type { SandboxOptions } from '../../sandbox/index.ts'
import { memoryStorage, microsoft365WithTokenFile, openContactBook } from '../../src/node.ts'
import type { ContactBook, Outcome, ProgressBySource } from '../../src/node.ts'

/** A book on the sandbox tenant, with a brought token: for rules that have nothing to do with signing in. */
export const openOnSandbox = async (options: Partial<SandboxOptions>) => {
  const sandbox = await startSandbox(options)
  const folder = await mkdtemp(join(tmpdir(), 'device-contacts-rules-'))
  const tokenFile = join(folder, 'token')
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
    close: async () => {
      await book.close()
      await sandbox.close()
      await rm(folder, { recursive: true })
    },
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
