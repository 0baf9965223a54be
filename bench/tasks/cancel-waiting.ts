import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSandbox } from '../../sandbox/index.ts'
import type { Fault } from '../../sandbox/index.ts'
import { microsoft365WithTokenFile, openContactBook, sqliteStorage } from '../../src/node.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { latencies } from './latencies.ts'

export interface CancelWaitingInput {
  readonly file: string
  /** In a request that is never answered, or in the wait that a 429 asks for. */
  readonly where: 'request' | 'retry-after'
  readonly times: number
}

const faults: Readonly<Record<CancelWaitingInput['where'], Fault>> = {
  request: { kind: 'silent' },
  'retry-after': { kind: 'status', status: 429, retryAfter: 60 },
}

/** Cancels imports that wait for Graph. Measures until the cancel is recorded, which is after the task was aborted. */
export const cancelWaiting = async ({ file, where, times }: CancelWaitingInput) => {
  const sandbox = await startSandbox({ contacts: 20, faults: [faults[where]] })
  const tokenFile = `${file}.token`
  await writeFile(tokenFile, sandbox.issueToken('user'))
  const measured: number[] = []
  try {
    while (measured.length < times) {
      // A new book each time, because a 429 also pauses the requests of later attempts.
      const source = microsoft365WithTokenFile({ tokenFile, graphUrl: sandbox.graphUrl })
      const book = await openContactBook({
        store: await sqliteStorage(file, { keyRing: false }),
        sources: [source],
      })
      const asked = sandbox.requests.entries.length
      const isWaiting = () =>
        where === 'request'
          ? sandbox.requests.entries.length > asked
          : book.progress.get().microsoft365?.waiting != null
      await (measured.length === 0 ? book.signIn('microsoft365') : book.restart('microsoft365'))
      while (!isWaiting()) await sleep(1)

      const watch = stopwatch()
      const result = await book.cancel('microsoft365')
      measured.push(watch.lap())
      if (!result.ok) throw new Error(result.refusal)
      await book.close()
    }
  } finally {
    await sandbox.close()
  }
  return latencies(measured)
}
