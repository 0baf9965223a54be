import type { Setting } from './sections/section.ts'
import { takeSample } from './harness/take-sample.ts'

/** Creates a store with an imported list, for measurements of stores. */
export const makeStore = async (
  { start, contacts }: Pick<Setting, 'start' | 'contacts'>,
  file: string,
): Promise<void> => {
  const graph = await start('recorded-graph', {
    contacts,
    latencies: [0],
    notes: 'short',
    deltaLatest: 'anchor',
  })
  try {
    const { origins, token } = graph.output
    await takeSample(start, 'import-ours', { origin: origins[0] ?? '', token, contacts, file })
  } finally {
    await graph.stop()
  }
}
