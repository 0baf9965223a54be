import { copyFile, cp } from 'node:fs/promises'
import { keyFolder } from '../../src/doctor/erase-keys.ts'
import { checkCount } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { openOurBook } from './our-book.ts'

export interface OurRefreshInput extends ImportInput {
  /** A closed store with the list. It is not changed. */
  readonly list: string
  /** The copy of it to create. */
  readonly file: string
  /** Contacts that have changed since. */
  readonly changed: number
}

/** A refresh of a list that is on the device: until the changes are on the disk and on the screen. */
export const refreshOurs = async (input: OurRefreshInput) => {
  await copyFile(input.list, input.file)
  await cp(keyFolder(input.list), keyFolder(input.file), { recursive: true })
  const { book, requests } = await openOurBook(input)
  book.contacts.get()

  const watch = stopwatch()
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const { completion } = await book.outcome(started.attempt)
  const count = book.contacts.get().length
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  const longestBlock = await watch.longestBlock()
  await book.close()
  checkCount(count, input)
  if (completion?.updated !== input.changed) throw new Error(`${completion?.updated} contacts were updated`)
  return { ms, processorMs, requests: requests(), longestBlock }
}
