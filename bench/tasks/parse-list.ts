import { readFileSync } from 'node:fs'
import { stopwatch } from '../harness/stopwatch.ts'

export interface ParseListInput {
  /** All contacts in one JSON array. */
  readonly file: string
  readonly contacts: number
}

/** What a plain file costs: read and parsed, nothing checked, nothing sorted, nothing encrypted. */
export const parseList = async ({ file, contacts }: ParseListInput) => {
  const watch = stopwatch()
  const { length } = JSON.parse(readFileSync(file).toString()) as unknown[]
  const ms = watch.lap()
  if (length !== contacts) throw new Error(`${length} contacts instead of ${contacts}`)
  return { ms }
}
