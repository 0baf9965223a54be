import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compare } from '../../harness/compare.ts'
import type { Contender } from '../../harness/compare.ts'
import { makeStore } from '../../make-store.ts'
import { medianOf, ratioTo } from '../../harness/report.ts'
import type { Section } from '../../sections/section.ts'
import { takeSample } from '../../harness/take-sample.ts'
import type { AppendInput } from './read-pages.ts'

/** The time until all contacts are durably on the disk, in our store and in that of Emmett. */
export const appendSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const imported = join(folder, 'append-source.db')
  const list = join(folder, 'append-list.json')
  await makeStore({ start, contacts }, imported)
  const payloads = join(folder, 'append-payloads')
  await (await start('store-copies', { file: imported, payloads, list })).stop()

  const contender = (
    name: string,
    append: (input: AppendInput) => ReturnType<Contender['measure']>,
  ): Contender => ({
    name,
    measure: async () => {
      const fresh = await mkdtemp(join(folder, 'append-'))
      const sample = await append({ file: join(fresh, 'contacts.db'), list })
      await rm(fresh, { recursive: true })
      const { contacts: stored = NaN } = sample
      if (stored !== contacts) throw new Error(`${stored} contacts stored instead of ${contacts}`)
      return sample
    },
  })
  yield {
    title: `Append of ${contacts.toLocaleString('en')} contacts, page by page`,
    columns: [
      medianOf('ms', 'ms', 1),
      ratioTo('Emmett, one event per contact'),
      medianOf('peakMemory', 'peak memory, MB'),
    ],
    rows: await compare(
      [
        contender('Emmett, one event per contact', (input) =>
          takeSample(start, 'append-emmett', { ...input, event: 'contact' }),
        ),
        contender('Emmett, one event per page', (input) =>
          takeSample(start, 'append-emmett', { ...input, event: 'page' }),
        ),
        contender('device-contacts, one event per page', (input) => takeSample(start, 'append-ours', input)),
      ],
      rounds,
    ),
  }
}
