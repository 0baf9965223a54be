import { setTimeout as sleep } from 'node:timers/promises'
import { latencies } from './latencies.ts'
import { openOurBook } from './our-book.ts'

export interface CancelImportInput {
  readonly origin: string
  readonly token: string
  readonly file: string
  readonly times: number
}

/**
 * Cancels running imports at times that are spread over the whole import. Measures from the time when the person
 * presses cancel, although the program may be too busy to notice yet, until the cancel is recorded.
 */
export const cancelImport = async ({ origin, token, file, times }: CancelImportInput) => {
  const { book } = await openOurBook({ origin, token, file })

  const begin = async () => {
    // Without a list on the device, all pages are listed. Otherwise only changes would be requested.
    await book.signOut('microsoft365')
    const started = await book.signIn('microsoft365')
    if (!started.ok) throw new Error(started.refusal)
    return started.attempt
  }
  const measured: number[] = []
  try {
    // The first import runs cold code and takes longer than those that are cancelled.
    await book.outcome(await begin())
    const attempt = await begin()
    const start = performance.now()
    await book.outcome(attempt)
    const length = performance.now() - start
    for (let time = 0; measured.length < times; time++) {
      if (time > 10 * times) throw new Error('Imports are over before they can be cancelled')
      await begin()
      const planned = performance.now() + length * (((time % times) + 0.5) / times)
      await sleep(planned - performance.now())
      // A timer may end a millisecond early.
      const pressed = Math.min(planned, performance.now())
      const { ok } = await book.cancel('microsoft365')
      // The cancel is refused if the import had already ended.
      if (ok) measured.push(performance.now() - pressed)
    }
  } finally {
    await book.close()
  }
  return latencies(measured)
}
