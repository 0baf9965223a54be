import { compare } from '../harness/compare.ts'
import type { FoldName } from '../replay/folds.ts'
import { medianOf, ratioTo } from '../harness/report.ts'
import type { Section } from './section.ts'
import { takeSample } from '../harness/take-sample.ts'

const names: readonly FoldName[] = [
  'a bare switch',
  'machines',
  'machines, history, tombstones: all of the book',
  'XState transition()',
]

/** The time to fold the envelopes of short and long histories into states. */
export const replaySection: Section = async function* ({ start, events: lengths, rounds }) {
  for (const events of lengths) {
    const contenders = names.map((fold) => ({
      name: fold,
      measure: async () => {
        const sample = await takeSample(start, 'replay', { fold, events })
        return { ...sample, rate: events / ((sample['ms'] ?? NaN) / 1000) }
      },
    }))
    yield {
      title: `Replay of ${events.toLocaleString('en')} envelopes`,
      columns: [
        medianOf('ms', 'ms', 1),
        ratioTo('bare switch'),
        medianOf('rate', 'events/s'),
        medianOf('peakMemory', 'peak memory, MB'),
      ],
      rows: await compare(contenders, rounds),
    }
  }
}
