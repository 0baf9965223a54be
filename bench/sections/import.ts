import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender, Sample } from '../harness/compare.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import type { Column } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'
import type { TaskInput } from '../tasks.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** With that latency default pages take minutes. Only so many contacts are fetched, and the time is scaled. */
const PART = 600

/** An import of all contacts by each contender, without and with latency. */
export const importSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const mailbox = { contacts, latencies: [0, LATENCY], notes: 'short', deltaLatest: 'anchor' } as const
  const graph = await start('recorded-graph', mailbox)
  const unanchored = await start('recorded-graph', { ...mailbox, deltaLatest: 'refuse' })
  const noted = await start('recorded-graph', { ...mailbox, notes: 'long' })
  const { origins, sandbox, token } = graph.output
  const [atOnce = '', late = ''] = origins

  const bare = (name: string, origin: string): Contender => ({
    name,
    measure: () => takeSample(start, 'import-fetch', { origin, token, contacts }),
  })
  const sdk = (name: string, input: Omit<TaskInput<'import-sdk'>, 'token'>): Contender => ({
    name,
    measure: () => takeSample(start, 'import-sdk', { ...input, token }),
  })
  const ours = (
    origin: string,
    name = 'device-contacts',
    { token = graph.output.token, extended = false } = {},
  ): Contender => ({
    name,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'import-'))
      const file = join(fresh, 'contacts.db')
      const sample = await takeSample(start, 'import-ours', { origin, token, contacts, file, extended })
      await rm(fresh, { recursive: true })
      return sample
    },
  })
  const common = (origin: string) => [
    bare('bare fetch + JSON.parse', origin),
    ours(origin),
    sdk('Graph SDK PageIterator, pages of 1,000', { origin, contacts, pageSize: 1000 }),
  ]
  const extended = (origin: string) =>
    ours(origin, 'device-contacts, with extended properties', { extended: true })
  const byDefault = 'Graph SDK PageIterator, default pages'
  const whole = sdk(byDefault, { origin: atOnce, contacts, pageSize: null })
  const part = Math.min(PART, contacts)

  try {
    // This unmeasured round records the responses of the sandbox.
    await compare([...common(atOnce), extended(atOnce), whole], 1)
    yield {
      title: `Import of ${contacts.toLocaleString('en')} contacts, without latency`,
      columns,
      rows: await compare(
        [
          ...common(atOnce),
          extended(atOnce),
          whole,
          bare('bare fetch + JSON.parse, from the sandbox itself', sandbox),
        ],
        rounds,
      ),
    }
    yield {
      title: `Import of ${contacts.toLocaleString('en')} contacts, each response after ${LATENCY} ms`,
      columns,
      rows: await compare(
        [
          ...common(late),
          ours(
            unanchored.output.origins[1] ?? '',
            'device-contacts, $deltatoken=latest refused',
            unanchored.output,
          ),
          extended(late),
          scaled(sdk(byDefault, { origin: late, contacts: part, pageSize: null }), contacts / part),
        ],
        rounds,
      ),
    }
    yield {
      title: `Import of ${contacts.toLocaleString('en')} contacts, some with notes that lists cut`,
      columns,
      rows: await compare(
        [
          bare('bare fetch + JSON.parse: notes are cut', late),
          ours(noted.output.origins[1] ?? '', 'device-contacts: notes are whole', noted.output),
        ],
        1,
      ),
    }
  } finally {
    await graph.stop()
    await unanchored.stop()
    await noted.stop()
  }
}

const columns: readonly Column[] = [
  medianOf('ms', 'ms'),
  ratioTo('bare fetch'),
  medianOf('processorMs', 'ms of processor time'),
  medianOf('closedMs', 'ms until saved and closed'),
  medianOf('requests', 'requests'),
  medianOf('longestBlock', 'longest block, ms'),
  medianOf('peakMemory', 'peak memory, MB'),
  medianOf('storeMb', 'store, MB', 1),
]

/** Every page takes the same time, so time and requests can be scaled. The other values of a part cannot. */
const scaled = ({ name, measure }: Contender, factor: number): Contender => ({
  name,
  note: `measured for 1/${factor.toFixed(1)} of the contacts, time and requests multiplied`,
  measure: async (): Promise<Sample> => {
    const { ms = NaN, requests = NaN } = await measure()
    return { ms: ms * factor, requests: requests * factor }
  },
})
