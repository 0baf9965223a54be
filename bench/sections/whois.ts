import { compare } from '../harness/compare.ts'
import type { LookupName } from '../phones/lookups.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

/** What share of the calls each lookup answers. */
const shares: readonly (readonly [LookupName, number])[] = [
  ['last seven digits of all numbers, compared', 0.05],
  ['libphonenumber-js, all numbers parsed and compared', 0.002],
  ['device-contacts', 1],
]

/** How long it takes to find out who is calling. */
export const whoisSection: Section = async function* ({ start, contacts, rounds }) {
  const contenders = shares.map(([lookup, share]) => ({
    name: lookup,
    measure: () => takeSample(start, 'whois', { lookup, contacts, calls: Math.ceil(contacts * share) }),
  }))
  yield {
    title: `Who is calling, of ${contacts.toLocaleString('en')} contacts with two numbers each`,
    columns: [
      medianOf('ms', 'p50, ms', 4),
      { ...ratioTo('last seven digits'), digits: 4 },
      medianOf('p99', 'p99, ms', 3),
      medianOf('wrong', 'wrong answers, %', 2),
      medianOf('calls', 'calls'),
      medianOf('buildMs', 'ms to build'),
      medianOf('memory', 'memory of the index, MB', 1),
    ],
    rows: await compare(contenders, rounds),
  }
}
