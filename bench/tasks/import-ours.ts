import { stat } from 'node:fs/promises'
import { checkCount } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { openOurBook } from './our-book.ts'

export interface OurImportInput extends ImportInput {
  /** The store to create. */
  readonly file: string
  /** Whether contacts come with their extended properties. */
  readonly extended?: boolean
}

/** A complete import by this library: until the list is on disk and on screen, and until the store is closed. */
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
  // The longest block includes saving the view for the next start, but not closing.
  const longestBlock = await watch.longestBlock()
  await book.close()
  const closedMs = watch.lap()
  const { size } = await stat(input.file)
  checkCount(count, input)
  // Only extended properties have such numbers.
  if (input.extended === true && !contacts.some(({ phones }) => phones.some(({ kind }) => kind === 'fax')))
    throw new Error('No contact has extended properties')
  return { ms, processorMs, closedMs, requests: requests(), longestBlock, storeMb: size / 1e6 }
}
