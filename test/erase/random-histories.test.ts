import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { account, eventTypes, finished, page } from '../core/device.ts'
import { test } from '../temp-folder.ts'
import { foundIn, keysIn } from './found-in.ts'
import { contactMarks, markedContacts, marks } from './marked.ts'
import { openMarked } from './marked-device.ts'
import type { MarkedDevice } from './marked-device.ts'

/** Ways to end an attempt after some pages. A crash leaves the old book open and opens another one. */
const attempt = fc.record({
  pages: fc.array(fc.nat(400), { minLength: 0, maxLength: 4 }),
  end: fc.constantFrom('finished', 'finished', 'failed', 'cancel', 'crash', 'reopen'),
})

const play = async (
  folder: string,
  { book, source, grant }: MarkedDevice,
  { pages, end }: { pages: readonly number[]; end: string },
  number: number,
): Promise<MarkedDevice | null> => {
  const { state, list } = account(book)
  const started = list
    ? await book.refresh('microsoft365')
    : await book[state === 'idle' ? 'signIn' : 'restart']('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  if (!list) await grant()
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 0 })
  for (const count of pages) await fetch.emit(page(markedContacts(count, `-${number}`)))
  if (end === 'finished') void fetch.emit(finished)
  else if (end === 'failed') void fetch.fail('offline')
  else if (end === 'cancel') await book.cancel('microsoft365')
  else {
    if (end === 'reopen') await book.close()
    const next = await openMarked(folder)
    await next.book.cancel('microsoft365')
    return next
  }
  await book.outcome(started.attempt)
  return null
}

const RUNS = 25

test('nothing is left after a sign-out, no matter what was imported, cancelled and interrupted before', async ({
  folder: root,
}) => {
  let recorded = 0
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 6 }), async (attempts) => {
      const folder = await mkdtemp(join(root, 'device-'))
      const opened = [await openMarked(folder)]
      for (const [number, each] of attempts.entries()) {
        const next = await play(folder, opened.at(-1)!, each, number)
        if (next) opened.push(next)
      }
      expect(await foundIn(folder, contactMarks)).toEqual([])
      if ((await eventTypes(opened.at(-1)!.book)).includes('page.fetched')) recorded++
      await opened.at(-1)!.book.signOut('microsoft365')
      expect(await foundIn(folder, marks)).toEqual([])
      expect(await keysIn(folder)).toEqual([])
      for (const { book } of opened) await book.close()
      expect(await foundIn(folder, marks)).toEqual([])
      await rm(folder, { recursive: true })
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
  expect(recorded).toBeGreaterThan(Math.floor(0.48 * RUNS))
})
