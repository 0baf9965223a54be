import { stat } from 'node:fs/promises'
import { checkCount } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { openOurBook } from './our-book.ts'

export interface OurImportInput extends ImportInput {
  /** The store to be made. */
  readonly file: string
  /** Whether contacts come with their extended properties. */
  readonly extended?: boolean
}

/** The whole import of this library: until the list is on the disk and on the screen, and until it is put away. */
export const importOurs = async (input: OurImportInput) => {
  const { book, requests } = await openOurBook(input)

  const watch = stopwatch()
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await book.outcome(started.attempt)
  const contacts = book.contacts.get()
  const count = contacts.length
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  // Saving what the next start shows is a part of it; that a program ends is none.
  const longestBlock = await watch.longestBlock()
  await book.close()
  const closedMs = watch.lap()
  const { size } = await stat(input.file)
  checkCount(count, input)
  // Only extended properties have such numbers.
  if (input.extended === true && !contacts.some(({ phones }) => phones.some(({ kind }) => kind === 'fax')))
    throw new Error('No extended property came')
  return { ms, processorMs, closedMs, requests: requests(), longestBlock, storeMb: size / 1e6 }
}
