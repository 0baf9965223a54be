import { folds } from '../replay/folds.ts'
import type { FoldName } from '../replay/folds.ts'
import { histories } from '../replay/histories.ts'
import { stopwatch } from '../harness/stopwatch.ts'

/** Folds envelopes that are already in memory, as a book does when it opens. */
export const replay = async ({ fold, events }: { readonly fold: FoldName; readonly events: number }) => {
  const envelopes = histories(events)
  const watch = stopwatch()
  folds[fold](envelopes)
  return { ms: watch.lap() }
}
