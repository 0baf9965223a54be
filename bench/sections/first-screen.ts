import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender } from '../harness/compare.ts'
import { medianOf } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** How soon a first import can be used. */
export const firstScreenSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const graph = await start('recorded-graph', {
    contacts,
    latencies: [LATENCY],
    notes: 'short',
    deltaLatest: 'anchor',
  })
  const { origins, token } = graph.output
  const shown = (name: string, client: 'same thread' | 'port'): Contender => ({
    name,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'screen-'))
      const input = { origin: origins[0] ?? '', token, file: join(fresh, 'contacts.db'), client, contacts }
      const sample = await takeSample(start, 'first-screen', input)
      await rm(fresh, { recursive: true })
      return sample
    },
  })
  try {
    yield {
      title: `The first screen of a first import, ${LATENCY} ms of latency`,
      columns: [
        medianOf('ms', 'whole import, ms'),
        medianOf('pageMs', 'first page recorded, ms'),
        medianOf('screenMs', 'first screen shown, ms'),
        medianOf('share', 'page to screen ÷ whole', 3),
        medianOf('longestBlock', 'longest block, ms', 1),
      ],
      rows: await compare(
        [shown('in the same thread', 'same thread'), shown('through a port', 'port')],
        rounds,
      ),
    }
  } finally {
    await graph.stop()
  }
}
