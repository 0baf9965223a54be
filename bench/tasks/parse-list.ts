import { readFileSync } from 'node:fs'
import { stopwatch } from '../harness/stopwatch.ts'

export interface ParseListInput {
  /** All contacts in one JSON array. */
  readonly file: string
  readonly contacts: number
}

/** The cost of a plain file: it is read and parsed, without encryption, checks or sorting. */
export const parseList = async ({ file, contacts }: ParseListInput) => {
  const watch = stopwatch()
  const { length } = JSON.parse(readFileSync(file).toString()) as unknown[]
  const ms = watch.lap()
  if (length !== contacts) throw new Error(`${length} contacts instead of ${contacts}`)
  return { ms }
}
