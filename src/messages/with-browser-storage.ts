import type { FailureCode } from '../domain/failures.ts'
import type { Messages, Sentences, Situation } from './catalogue.ts'

/** Explains failures of the store in the words of browsers if the situation says that the store is in one. */
export const withBrowserStorage = (
  failures: Messages['failures'],
  inBrowser: Partial<Record<FailureCode, (situation: Situation) => Sentences>>,
): Messages['failures'] => {
  const all = { ...failures }
  for (const [code, explain] of Object.entries(inBrowser) as [FailureCode, (s: Situation) => Sentences][])
    all[code] = (situation) =>
      situation.storage === 'browser' ? explain(situation) : failures[code](situation)
  return all
}
