import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender } from '../harness/compare.ts'
import { medianOf, multipleOf, ratioTo } from '../harness/report.ts'
import type { PageName } from '../tasks/import-in-page.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** An import by a page of a real browser, on this machine and on one that is four times slower. */
export const webSection: Section = async function* ({ start, folder, contacts, rounds, slowdowns }) {
  const mailbox = { contacts, latencies: [0, LATENCY], notes: 'short', deltaLatest: 'anchor' } as const
  const graph = await start('recorded-graph', mailbox)
  const { origins, token } = graph.output
  const [atOnce = '', late = ''] = origins
  const page = (name: string, page: PageName, origin: string, slowdown: number): Contender => ({
    name,
    measure: async () => {
      const profile = await mkdtemp(join(folder, 'profile-'))
      const input = { page, origin, token, contacts, slowdown, folder: profile }
      const { peakMemory: _, ...sample } = await takeSample(start, 'import-in-page', input)
      await rm(profile, { recursive: true, maxRetries: 5 })
      return sample
    },
  })
  const both = (origin: string, slowdown: number) => [
    page('Graph SDK PageIterator, rows in the clear', 'plain', origin, slowdown),
    page('device-contacts', 'ours', origin, slowdown),
  ]
  try {
    // This unmeasured round records the responses of the sandbox, and unpacks the browser.
    await compare(both(atOnce, 1), 1)
    for (const slowdown of slowdowns) {
      const rows = await compare(both(late, slowdown), rounds)
      const [plain] = rows
      yield {
        title: `A page imports ${contacts.toLocaleString('en')} contacts, each response after ${LATENCY} ms, ${slowdown === 1 ? 'on this machine' : 'four times slower'}`,
        columns: [
          medianOf('ms', 'ms'),
          ratioTo('plain page'),
          medianOf('requests', 'requests'),
          medianOf('preflights', 'preflights'),
          medianOf('longTasks', 'tasks over 50 ms'),
          medianOf('longestTask', 'longest task, ms'),
          medianOf('reopenMs', 'ms until a new page shows the list'),
          multipleOf('reopenMs', plain, '× plain page'),
          medianOf('heapMb', 'heap, MB', 1),
          multipleOf('heapMb', plain, '× plain page'),
        ],
        rows,
      }
    }
  } finally {
    await graph.stop()
  }
}
