import { readFileSync } from 'node:fs'
import { yieldToEventLoop } from '../../src/async/yield-to-event-loop.ts'
import type { Contact } from '../../src/domain/contact.ts'
import { sectionsOf } from '../../src/projections/order/sections.ts'
import { PresortedContacts } from '../../src/projections/presorted-contacts.ts'
import { ContactOrder } from '../../src/projections/sort-contacts.ts'
import { stopwatch } from '../harness/stopwatch.ts'
import { latencies } from './latencies.ts'

export interface OrderListInput {
  /** All contacts in one JSON array. */
  readonly file: string
  readonly contacts: number
  /** Sorted once by the library, or on each use: by one collator, or by `localeCompare` with options. */
  readonly way: 'once' | 'collator' | 'localeCompare'
}

const LOCALE = 'en'

/** What a person types into a box above the list, key by key; the box is empty first and after each name. */
const TYPED = ['maria', 'anna', 'smith', 'jo'].flatMap((name) =>
  Array.from({ length: name.length + 1 }, (_, end) => name.slice(0, end)),
)

const options = { sensitivity: 'base', numeric: true, ignorePunctuation: true } as const

/** Shows the whole list, then the matching part of it at each key: the time until the rows are in order. */
export const orderList = async ({ file, contacts, way }: OrderListInput) => {
  const all = (JSON.parse(readFileSync(file).toString()) as Contact[]).toSorted((a, b) =>
    a.key < b.key ? -1 : 1,
  )
  const watch = stopwatch()
  const { rows, show } = await prepare(all, way)
  const firstMs = watch.lap()
  // A sort in one step holds the event loop until it ends.
  const block = way === 'once' ? await watch.longestBlock() : firstMs
  const times = TYPED.map((text) => {
    const key = stopwatch()
    const shown = show(text)
    const time = key.lap()
    if (text === '' && shown.length !== contacts)
      throw new Error(`${shown.length} rows instead of ${contacts}`)
    return time
  })
  const { p50: ms, longest } = latencies(times)
  if (way !== 'once') return { ms, longest, firstMs, block }
  const sections = stopwatch()
  sectionsOf(rows, LOCALE)
  return { ms, longest, firstMs, block, sectionsMs: sections.lap() }
}

const prepare = async (all: readonly Contact[], way: OrderListInput['way']) => {
  if (way === 'once') {
    const presorted = new PresortedContacts(new ContactOrder(LOCALE))
    presorted.add(all)
    const rows = await presorted.inOrder(yieldToEventLoop)
    return { rows, show: (text: string) => matching(rows, text) }
  }
  const compare = comparisons[way]()
  const show = (text: string) => matching(all, text).toSorted((a, b) => compare(nameOf(a), nameOf(b)))
  return { rows: show(''), show }
}

const comparisons = {
  collator: () => new Intl.Collator(LOCALE, options).compare,
  localeCompare: () => (a: string, b: string) => a.localeCompare(b, LOCALE, options),
}

const nameOf = ({ name }: Contact): string => name.full ?? ''

const matching = (contacts: readonly Contact[], text: string): readonly Contact[] =>
  contacts.filter((contact) => nameOf(contact).toLowerCase().includes(text))
