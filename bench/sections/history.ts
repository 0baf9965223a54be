import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import type { Contender } from '../harness/compare.ts'
import { makeStore } from '../make-store.ts'
import { medianOf } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** The time to rebuild a list from the log of many complete listings from which nothing was dropped. */
export const historySection: Section = async function* ({ start, folder, contacts, attempts }) {
  const from = join(folder, 'one.db')
  await makeStore({ start, contacts }, from)
  const contender = (attempts: number): Contender => ({
    name: `${attempts.toLocaleString('en')} × ${contacts.toLocaleString('en')} contacts`,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'history-'))
      const file = join(fresh, 'contacts.db')
      const made = await start('store-history', { from, file, attempts })
      await made.stop()
      const sample = await takeSample(start, 'open-book', { file, from: 'log', contacts })
      await rm(fresh, { recursive: true })
      return { ...sample, ...made.output, perContact: ((sample['ms'] ?? NaN) * 1000) / (attempts * contacts) }
    },
  })
  yield {
    title: 'A list rebuilt from a long history',
    columns: [
      medianOf('ms', 'ms until folded'),
      medianOf('events', 'events'),
      medianOf('perContact', 'µs per contact', 1),
      medianOf('peakMemory', 'peak memory, MB'),
    ],
    rows: await compare(attempts.map(contender), 1),
  }
}
