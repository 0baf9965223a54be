import { readdir } from 'node:fs/promises'
import { soakRounds } from '../soak.ts'
import { ProcessEnded } from './book-process.ts'
import type { BookProcess } from './book-process.ts'

/** What a process does. Resolves after its last step. */
export type Work<T = unknown> = (process: BookProcess) => Promise<T>

/**
 * Lets a process work, and stops it at each moment whose name begins with `moment`, so that `look` can examine it. No
 * such moment may come after the work.
 */
export const stopping = async <T>(
  process: BookProcess,
  moment: string,
  work: Work<T>,
  look: (moment: string) => unknown,
): Promise<T> => {
  await process.call('stopAt', { parameters: [moment] })
  const result = work(process)
  // `look` may kill the process.
  result.catch(() => undefined)
  await answering(process, result, async (stopped) => {
    await look(stopped)
    process.goOn('next')
  })
  // The process must not stop for good at a moment that comes after the work or after an error.
  const release = () =>
    answering(process, process.call('stopAt', { parameters: [null] }), () => process.goOn('end'))
  const worked = await result.catch(async (error: unknown) => {
    if (!(error instanceof ProcessEnded)) await release()
    throw error
  })
  await release()
  return worked
}

/** Answers each stop of a process until this promise settles. */
const answering = async (
  process: BookProcess,
  until: Promise<unknown>,
  answer: (stopped: string) => unknown,
): Promise<void> => {
  const over = new AbortController()
  void until.catch(() => undefined).then(() => over.abort())
  for (;;) {
    const said = await process.said(over.signal).catch(() => null)
    if (said === null) return
    if (said.stopped !== undefined) await answer(said.stopped)
  }
}

/** The beginning of the name of each step on disk. */
export const STEP = 'disk: '

/** Closing the book may take the last steps. */
const andClose =
  (work: Work): Work =>
  async (process) => {
    await work(process)
    await process.call('close')
  }

/** The names of the steps on disk of this work, in order. */
export const stepsOf = async (process: BookProcess, work: Work): Promise<readonly string[]> => {
  const steps: string[] = []
  await process.call('open')
  await stopping(process, STEP, andClose(work), (moment) => steps.push(moment.slice(STEP.length)))
  await process.kill()
  return steps
}

/**
 * The steps to interrupt, each with its number, counted from 1. In a soak: all. Otherwise, of the first steps of each
 * name, one in `oneIn`, beginning with index `first`.
 */
export const chosenSteps = (
  steps: readonly string[],
  oneIn = 1,
  first = 0,
): readonly (readonly [string, number])[] => {
  const numbered = steps.map((name, index) => [name, index + 1] as const)
  if (soakRounds({ whole: 1, share: 0 }) === 1) return numbered
  return numbered
    .filter(([name], index) => steps.indexOf(name) === index)
    .filter((_, index) => index % oneIn === first)
}

/** Stops a process before the n-th step of its work on disk, so that it can be examined, and then lets it finish. */
export const stoppedOnce = async (
  process: BookProcess,
  step: number,
  work: Work,
  look: (moment: string) => unknown,
): Promise<void> => {
  let count = 0
  await stopping(process, STEP, andClose(work), async (moment) => {
    if (++count === step) await look(moment)
  })
}

/** Kills a process before the n-th step of its work on disk. False if the work has fewer steps. */
export const isKilledAt = async (process: BookProcess, step: number, work: Work): Promise<boolean> => {
  await process.call('open')
  await process.call('dieAt', { parameters: [STEP, step] })
  try {
    await andClose(work)(process)
  } catch (error) {
    if (error instanceof ProcessEnded) return true
    throw error
  }
  await process.kill()
  return false
}

/** The files of a folder that a sign-out must not leave: keys, marks of the key ring, tokens, temporary files. */
export const leftIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.(key|ring|tmp)$|\.tokens\.json$/.test(name))
}
