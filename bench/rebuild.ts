import { join } from 'node:path'
import { compare } from './compare.ts'
import { medianOf, ratioTo } from './report.ts'
import type { Section } from './section.ts'
import { takeSample } from './take-sample.ts'

/** How long a list takes to come back when a program starts, from the log alone and from the saved view. */
export const rebuildSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const file = join(folder, 'rebuild.db')
  const payloads = join(folder, 'payloads.jsonl')
  const list = join(folder, 'list.json')
  const graph = await start('recorded-graph', {
    contacts,
    latencies: [0],
    notes: 'short',
    deltaLatest: 'anchor',
  })
  try {
    const { origins, token } = graph.output
    await takeSample(start, 'import-ours', { origin: origins[0] ?? '', token, contacts, file })
  } finally {
    await graph.stop()
  }
  const copies = await start('store-copies', { file, payloads, list })
  await copies.stop()

  yield {
    title: `A list of ${contacts.toLocaleString('en')} contacts, when a program starts`,
    columns: [
      medianOf('ms', 'ms', 1),
      ratioTo('JSON.parse + Map'),
      medianOf('openMs', 'ms until open, not yet sorted', 1),
      medianOf('peakMemory', 'peak memory, MB'),
    ],
    rows: await compare(
      [
        {
          name: 'JSON.parse + Map of the bytes in the log',
          measure: () =>
            takeSample(start, 'parse-list', { file: payloads, form: 'payloads', reading: false, contacts }),
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
          name: 'a plain JSON file',
          measure: () =>
            takeSample(start, 'parse-list', { file: list, form: 'array', reading: true, contacts }),
        },
      ],
      rounds,
    ),
  }
}
