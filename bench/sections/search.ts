import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import { takeSample } from '../harness/take-sample.ts'
import { makeStore } from '../make-store.ts'
import type { SearcherName } from '../search/searchers.ts'
import type { Section } from './section.ts'

const names: readonly SearcherName[] = ['a plain scan over folded strings', 'MiniSearch', 'device-contacts']

/** How long a list takes to answer each key that a person types. */
export const searchSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const file = join(folder, 'search.db')
  await makeStore({ start, contacts }, file)
  const contenders = names.map((searcher) => ({
    name: searcher,
    measure: () => takeSample(start, 'find', { file, contacts, searcher }),
  }))
  yield {
    title: `Search in ${contacts.toLocaleString('en')} contacts while typing`,
    columns: [
      medianOf('ms', 'ms a query', 2),
      ratioTo('a plain scan'),
      medianOf('p50', 'p50, ms', 2),
      medianOf('p99', 'p99, ms', 2),
      medianOf('longest', 'longest, ms', 1),
      medianOf('answered', '% with hits', 1),
      medianOf('buildMs', 'ms to build'),
      medianOf('longestSlice', 'longest slice of it, ms', 1),
      medianOf('memory', 'memory of the index, MB', 1),
    ],
    rows: await compare(contenders, rounds),
  }
}
