import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Sample } from '../harness/compare.ts'
import { medianOf, multipleOf, ratioTo } from '../harness/report.ts'
import type { Column } from '../harness/report.ts'
import { takeSample } from '../harness/take-sample.ts'
import type { ListName } from '../list/serve-lists.ts'
import type { Section } from './section.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** The plain list takes a minute of each. */
const MOST_ROUNDS = 3

const lists: Readonly<Record<ListName, string>> = {
  tanstack: 'TanStack Virtual, JSON in the clear',
  plain: 'plain <ul>, JSON in the clear',
  ours: '<contact-list>, a book',
}

const longestOf = (figure: string): Column => ({
  label: 'longest of all rounds, ms',
  of: ({ samples }) => Math.max(...samples.map((sample) => sample[figure] ?? NaN)),
})

/** A kept list in a page of a real browser: opened, scrolled and searched. Ours also while an import fills it. */
export const listSection: Section = async function* ({ start, folder, contacts, rounds, slowdowns }) {
  const mailbox = { contacts, latencies: [0, LATENCY], notes: 'short', deltaLatest: 'anchor' } as const
  const graph = await start('recorded-graph', mailbox)
  const served = await start('serve-lists', null)
  const { origins, token } = graph.output
  const [atOnce = '', late = ''] = origins
  const { origin } = served.output
  const kept = join(folder, 'kept')
  /** Measures with a profile of its own: a copy of the kept one, or a new one. */
  const inProfile = async (isKept: boolean, measure: (profile: string) => Promise<Sample>) => {
    const profile = await mkdtemp(join(folder, 'profile-'))
    if (isKept) await cp(kept, profile, { recursive: true })
    const { peakMemory: _, ...sample } = await measure(profile)
    await rm(profile, { recursive: true, maxRetries: 5 })
    return sample
  }
  // A list of a few rows needs fewer.
  const steps = {
    lines: Math.min(30, Math.ceil(contacts / 10)),
    pages: Math.min(15, Math.ceil(contacts / 10)),
    texts: Math.min(10, Math.ceil(contacts / 100)),
  }
  const list = (name: ListName, slowdown: number) => ({
    name: lists[name],
    measure: () =>
      inProfile(true, (profile) =>
        takeSample(start, 'use-list', { address: `${origin}/${name}`, profile, slowdown, ...steps }),
      ),
  })
  const search = (name: string, source: { origin: string; token: string } | null) => ({
    name,
    measure: () =>
      inProfile(source === null, (profile) =>
        takeSample(start, 'search-ours', {
          ...{ address: `${origin}/ours`, profile, slowdown: 4, graph: source },
        }),
      ),
  })
  const count = contacts.toLocaleString('en')
  try {
    const keeping = await start('keep-contacts', {
      ...{ lists: origin, profile: kept, origin: atOnce, token, contacts },
    })
    await keeping.stop()
    for (const slowdown of slowdowns) {
      const names: readonly ListName[] = ['tanstack', 'plain', 'ours']
      const rows = await compare(
        names.map((name) => list(name, slowdown)),
        Math.min(rounds, MOST_ROUNDS),
      )
      const [first] = rows
      const where = slowdown === 1 ? 'on this machine' : 'four times slower'
      yield {
        title: `A list of ${count} contacts is opened again, ${where}`,
        columns: [
          medianOf('ms', 'ms until a key moves'),
          ratioTo('TanStack'),
          medianOf('shownMs', 'ms until rows are drawn'),
          medianOf('longestOpening', 'longest task, ms'),
          medianOf('heapMb', 'heap, MB', 1),
          multipleOf('heapMb', first, '× TanStack'),
          medianOf('usedHeapMb', 'heap after its use, MB', 1),
          medianOf('domMb', 'heap of the document, MB', 1),
          medianOf('nodes', 'nodes'),
        ],
        rows,
      }
      yield {
        title: `It is scrolled, ${where}`,
        columns: [
          medianOf('lineMs', 'a line: p95, ms', 1),
          medianOf('lineTasks', 'tasks over 50 ms'),
          medianOf('longestLine', 'longest task, ms'),
          medianOf('pageMs', 'a page: p95, ms', 1),
          medianOf('pageTasks', 'tasks over 50 ms'),
          medianOf('longestPage', 'longest task, ms'),
        ],
        rows,
      }
      yield {
        title: `It is searched, ${where}`,
        columns: [
          medianOf('key', 'next keys: p95, ms', 1),
          multipleOf('key', first, '× TanStack'),
          medianOf('longestKey', 'longest key, ms', 1),
          medianOf('firstKey', 'first key, ms', 1),
        ],
        rows,
      }
    }
    yield {
      title: `<contact-list> is searched, four times slower`,
      columns: [
        medianOf('questionMs', 'question: p95, ms', 1),
        longestOf('longestQuestion'),
        medianOf('knownMedian', 'known: median, ms', 1),
        medianOf('knownMs', 'p95, ms', 1),
        longestOf('longestKnown'),
        medianOf('lateKnown', 'over 50 ms'),
        medianOf('median', 'drawn: median, ms', 1),
        medianOf('ms', 'p95, ms', 1),
        ratioTo('at rest'),
        longestOf('longest'),
        medianOf('keys', 'keys'),
      ],
      rows: await compare(
        [search('at rest', null), search(`while ${count} contacts are imported`, { origin: late, token })],
        rounds,
      ),
    }
  } finally {
    await served.stop()
    await graph.stop()
  }
}
