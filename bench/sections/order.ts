import { join } from 'node:path'
import { compare } from '../harness/compare.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import { takeSample } from '../harness/take-sample.ts'
import { makeStore } from '../make-store.ts'
import type { OrderListInput } from '../tasks/order-list.ts'
import type { Section } from './section.ts'

/** What a list costs that is sorted on each use, beside one that is sorted once. */
export const orderSection: Section = async function* ({ start, folder, contacts, rounds }) {
  const file = join(folder, 'order.db')
  const list = join(folder, 'order.json')
  await makeStore({ start, contacts }, file)
  const copies = await start('store-copies', { file, payloads: join(folder, 'order-payloads'), list })
  await copies.stop()
  const measure = (way: OrderListInput['way']) => () =>
    takeSample(start, 'order-list', { file: list, contacts, way })
  yield {
    title: `A list of ${contacts.toLocaleString('en')} contacts in order, at each key`,
    columns: [
      medianOf('firstMs', 'ms until the first list', 1),
      medianOf('ms', 'ms a key', 2),
      ratioTo('sorted once'),
      medianOf('longest', 'longest key, ms', 1),
      medianOf('block', 'longest block at the start, ms'),
      medianOf('sectionsMs', 'ms for its sections', 1),
    ],
    rows: await compare(
      [
        { name: 'device-contacts, sorted once', measure: measure('once') },
        { name: 'Intl.Collator, sorted at each key', measure: measure('collator') },
        { name: 'localeCompare with options, sorted at each key', measure: measure('localeCompare') },
      ],
      rounds,
    ),
  }
}
