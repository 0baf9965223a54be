import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender } from '../harness/compare.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import { takeSample } from '../harness/take-sample.ts'
import type { TaskInput } from '../tasks.ts'
import type { Section } from './section.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** An import of a Microsoft and a Google account, each with all contacts: alone, side by side, and one after the other. */
export const sourcesSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const graph = await start('recorded-graph', {
    ...{ contacts, latencies: [LATENCY], notes: 'short', deltaLatest: 'anchor' },
  })
  const { origins, token } = graph.output
  const [origin = ''] = origins
  type Input = Pick<TaskInput<'import-sources'>, 'sources' | 'isAtOnce'>
  const ours = (name: string, input: Input): Contender => ({
    name,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'sources-'))
      const file = join(fresh, 'contacts.db')
      const sample = await takeSample(start, 'import-sources', { origin, token, contacts, file, ...input })
      await rm(fresh, { recursive: true })
      return sample
    },
  })
  const contenders: readonly Contender[] = [
    {
      name: 'bare fetch + JSON.parse of Google',
      measure: () => takeSample(start, 'people-fetch', { origin, token, contacts }),
    },
    ours('Google', { sources: ['google'], isAtOnce: true }),
    ours('Microsoft 365', { sources: ['microsoft365'], isAtOnce: true }),
    ours('both, side by side', { sources: ['microsoft365', 'google'], isAtOnce: true }),
    ours('both, one after the other', { sources: ['microsoft365', 'google'], isAtOnce: false }),
  ]
  try {
    // This unmeasured round records the responses of the sandbox.
    await compare(contenders, 1)
    yield {
      title: `Import of ${contacts.toLocaleString('en')} contacts from each account, each response after ${LATENCY} ms`,
      columns: [
        medianOf('ms', 'ms'),
        ratioTo('bare fetch'),
        medianOf('processorMs', 'ms of processor time'),
        medianOf('requests', 'requests'),
        medianOf('longestBlock', 'longest block, ms'),
        medianOf('peakMemory', 'peak memory, MB'),
      ],
      rows: await compare(contenders, rounds),
    }
  } finally {
    await graph.stop()
  }
}
