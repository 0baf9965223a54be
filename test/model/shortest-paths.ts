import { createTestModel } from 'xstate/graph'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { modelEvents } from '../../src/testing/account-model.ts'
import type { ModelStep } from './walk.ts'

/** The shortest path to every state of the test model, without the first event, which is XState's own. */
export const shortestPaths: readonly (readonly ModelStep[])[] = createTestModel(linkedAccount, {
  events: modelEvents,
  filterEvents: (state, event) => state.can(event),
})
  .getShortestPaths()
  .map(({ steps }) => steps.slice(1))

/** The name of a path for people: its events. */
export const nameOf = (steps: readonly ModelStep[]): string =>
  steps.map(({ event }) => event.type).join(' > ')
