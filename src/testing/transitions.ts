import { createActor } from 'xstate'
import { linkedAccount } from '../machines/linked-account.ts'
import type { AccountEvent, AccountSnapshot } from '../machines/linked-account.ts'

/** A step as path generators give it: an event, and the state after it. */
export interface GeneratedStep {
  readonly event: AccountEvent
  readonly state: AccountSnapshot
}

/** Every transition of the machine: source state, event and index of the branch. */
export const allTransitions = (): string[] =>
  [linkedAccount.root, ...Object.values(linkedAccount.root.states)].flatMap((node) =>
    [...node.transitions].flatMap(([event, branches]) =>
      branches.map((_, index) => `${node.key} ${event} ${index}`),
    ),
  )

/** The transitions that a path takes, beginning in the machine's initial state. */
export const transitionsOf = (steps: readonly GeneratedStep[]): string[] => {
  const start = createActor(linkedAccount).getSnapshot()
  return steps.flatMap(({ event }, index) =>
    linkedAccount
      .getTransitionData(steps[index - 1]?.state ?? start, event)
      .map(
        (taken) =>
          `${taken.source.key} ${event.type} ${taken.source.transitions.get(event.type)?.indexOf(taken) ?? -1}`,
      ),
  )
}
