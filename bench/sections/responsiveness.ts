import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import { medianOf } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** The time until a cancel is recorded, at several stages of an import. */
export const responsivenessSection: Section = async function* ({ start, folder, contacts, cancels: times }) {
  const graph = await start('recorded-graph', {
    contacts,
    latencies: [0],
    notes: 'short',
    deltaLatest: 'anchor',
  })
  const { origins, token } = graph.output
  const waiting = (where: 'request' | 'retry-after') => () =>
    takeSample(start, 'cancel-waiting', { file: join(folder, `${where}.db`), where, times })
  const working = () => {
    const file = join(folder, 'cancel.db')
    return takeSample(start, 'cancel-import', { origin: origins[0] ?? '', token, file, times })
  }
  try {
    yield {
      title: 'Cancel, until it is recorded',
      columns: [
        medianOf('times', 'cancels'),
        medianOf('p50', 'p50, ms', 1),
        medianOf('p99', 'p99, ms', 1),
        medianOf('longest', 'longest, ms', 1),
      ],
      rows: await compare(
        [
          { name: 'in a request that is never answered', measure: waiting('request') },
          { name: 'in a Retry-After wait', measure: waiting('retry-after') },
          { name: 'at any moment of an import without latency', measure: working },
        ],
        1,
      ),
    }
  } finally {
    await graph.stop()
  }
}
