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
 * Cancels imports that are at work, at moments spread over all of an import: from when the person presses,
 * though the program may be too busy to notice yet, until it is recorded.
 */
export const cancelImport = async ({ origin, token, file, times }: CancelImportInput) => {
  const { book } = await openOurBook({ origin, token, file })

  const begin = async () => {
    // With nothing on the device, all pages are listed: a list that stands would be asked for changes only.
    await book.signOut('microsoft365')
    const started = await book.signIn('microsoft365')
    if (!started.ok) throw new Error(started.refusal)
    return started.attempt
  }
  const measured: number[] = []
  try {
    // The first import runs code that is cold, and is longer than those that are cancelled.
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
      // Refused where the import was over before: then there was nothing to cancel.
      if (ok) measured.push(performance.now() - pressed)
    }
  } finally {
    await book.close()
  }
  return latencies(measured)
}
