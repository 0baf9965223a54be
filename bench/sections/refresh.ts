import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender } from '../harness/compare.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** Milliseconds: a typical response time of Graph. */
const LATENCY = 150

/** The share of contacts that change. */
const CHANGED = 0.01

/** A refresh of an existing list, with no change and with one contact in a hundred changed. */
export const refreshSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const mailbox = { contacts, latencies: [0, LATENCY], notes: 'short', deltaLatest: 'anchor' } as const
  const [quiet, busy] = [await start('recorded-graph', mailbox), await start('recorded-graph', mailbox)]
  const changed = Math.ceil(contacts * CHANGED)
  const lists = { quiet: join(folder, 'quiet.db'), busy: join(folder, 'busy.db') }
  const [[quietNow = '', quietLate = '']] = [quiet.output.origins]
  const [[busyNow = '', busyLate = '']] = [busy.output.origins]

  const ours = (name: string, list: string, origin: string, token: string, updated: number): Contender => ({
    name,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'refresh-'))
      const input = { origin, token, contacts, list, file: join(fresh, 'contacts.db'), changed: updated }
      const sample = await takeSample(start, 'refresh-ours', input)
      await rm(fresh, { recursive: true })
      return sample
    },
  })
  const { token } = quiet.output
  try {
    await takeSample(start, 'import-ours', { origin: quietNow, token, contacts, file: lists.quiet })
    await takeSample(start, 'import-ours', {
      origin: busyNow,
      token: busy.output.token,
      contacts,
      file: lists.busy,
    })
    await fetch(`${busyNow}/change/${changed}`, { method: 'POST' })
    const contenders: Contender[] = [
      {
        name: 'Graph SDK PageIterator, pages of 1,000: all contacts again',
        measure: () =>
          takeSample(start, 'import-sdk', { origin: quietLate, token, contacts, pageSize: 1000 }),
      },
      ours('device-contacts, nothing changed', lists.quiet, quietLate, token, 0),
      ours(`device-contacts, ${changed} changed`, lists.busy, busyLate, busy.output.token, changed),
    ]
    await compare(contenders, 1)
    yield {
      title: `Refresh of ${contacts.toLocaleString('en')} contacts, each response after ${LATENCY} ms`,
      columns: [
        medianOf('ms', 'ms'),
        ratioTo('Graph SDK'),
        medianOf('processorMs', 'ms of processor time'),
        medianOf('requests', 'requests'),
        medianOf('longestBlock', 'longest block, ms'),
        medianOf('peakMemory', 'peak memory, MB'),
      ],
      rows: await compare(contenders, rounds),
    }
  } finally {
    await quiet.stop()
    await busy.stop()
  }
}
