import { readFileSync } from 'node:fs'
import { stopwatch } from '../harness/stopwatch.ts'

export interface ParseListInput {
  readonly file: string
  /** Pages of contacts, a line each, of which a Map is made; or all contacts in one array. */
  readonly form: 'payloads' | 'array'
  /** Whether the file counts, too, or only what comes after reading it. */
  readonly reading: boolean
  readonly contacts: number
}

interface Payload {
  readonly contacts?: readonly { readonly id: string }[]
}

/** The limit of reading a list back: nothing checked, nothing sorted. */
export const parseList = async ({ file, form, reading, contacts }: ParseListInput) => {
  const before = reading ? null : readFileSync(file)
  const watch = stopwatch()
  const text = (before ?? readFileSync(file)).toString()
  const size = form === 'array' ? (JSON.parse(text) as unknown[]).length : byId(text).size
  const ms = watch.lap()
  if (size !== contacts) throw new Error(`${size} contacts instead of ${contacts}`)
  return { ms }
}

const byId = (text: string): ReadonlyMap<string, unknown> => {
  const list = new Map<string, unknown>()
  for (const line of text.split('\n')) {
    const { contacts = [] } = JSON.parse(line) as Payload
    for (const contact of contacts) list.set(contact.id, contact)
  }
  return list
}
