import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { ModelStep } from './walk.ts'

/** Every transition of the machine: source state, event and index of the branch. */
export const allTransitions = (): string[] =>
  [linkedAccount.root, ...Object.values(linkedAccount.root.states)].flatMap((node) =>
    [...node.transitions].flatMap(([event, branches]) =>
      branches.map((_, index) => `${node.key} ${event} ${index}`),
    ),
  )

/** The transitions that a path takes, beginning in the machine's initial state. */
export const transitionsOf = (start: ModelStep['state'], steps: readonly ModelStep[]): string[] =>
  steps.flatMap(({ event }, index) => {
    const before = steps[index - 1]?.state ?? start
    return linkedAccount
      .getTransitionData(before, event)
      .map(
        (taken) =>
          `${taken.source.key} ${event.type} ${taken.source.transitions.get(event.type)?.indexOf(taken) ?? -1}`,
      )
  })
