import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Compared } from '../harness/compare.ts'
import { makeStore } from '../make-store.ts'
import { medianOf, multipleOf, ratioTo } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** The time until a list is there when a program starts, from the log alone and from the saved view. */
export const rebuildSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const file = join(folder, 'rebuild.db')
  const payloads = join(folder, 'payloads')
  const list = join(folder, 'list.json')
  await makeStore({ start, contacts }, file)
  const copies = await start('store-copies', { file, payloads, list })
  await copies.stop()

  const rows = await compare(
    [
      {
        name: 'node:crypto + JSON.parse + Map of the payloads in the log',
        measure: () => takeSample(start, 'decrypt-list', { file: payloads, contacts }),
      },
      {
        name: 'device-contacts, rebuilt from the log',
        measure: () => takeSample(start, 'open-book', { file, from: 'log', contacts }),
      },
      {
        name: 'device-contacts, from the saved view',
        measure: () => takeSample(start, 'open-book', { file, from: 'view', contacts }),
      },
      {
        name: 'a plain JSON file, not encrypted',
        measure: () => takeSample(start, 'parse-list', { file: list, contacts }),
      },
    ],
    rounds,
  )
  const [limit, rebuilt, saved, plain] = rows
  const some = (...wanted: readonly (Compared | undefined)[]) => wanted.filter((row) => row !== undefined)
  yield {
    title: `A list of ${contacts.toLocaleString('en')} contacts, rebuilt from the log`,
    columns: [
      medianOf('ms', 'ms until folded', 1),
      ratioTo('the limit'),
      medianOf('listMs', 'ms until sorted', 1),
      medianOf('wholeMs', 'ms with loading SQLite', 1),
      medianOf('peakMemory', 'peak memory, MB'),
    ],
    rows: some(limit, rebuilt, plain),
  }
  yield {
    title: `A list of ${contacts.toLocaleString('en')} contacts, when a program starts`,
    columns: [
      medianOf('screenMs', 'ms until the first screen', 1),
      multipleOf('screenMs', rebuilt, '× a rebuild'),
      medianOf('listMs', 'ms until all are read', 1),
      multipleOf('listMs', rebuilt, '× a rebuild'),
      medianOf('wholeMs', 'ms with loading SQLite', 1),
      multipleOf('wholeMs', rebuilt, '× a rebuild'),
      medianOf('peakMemory', 'peak memory, MB'),
    ],
    rows: some(rebuilt, saved),
  }
}
