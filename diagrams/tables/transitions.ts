import { commandTable } from '../../src/machines/command-table.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { StateName } from '../../src/machines/linked-account.ts'
import { guardLabel } from '../statechart.ts'
import { groupedTable, markdownTable } from './markdown-table.ts'

/** In the order of the command table, which follows an attempt from its request to its end. */
export const stateNames = Object.keys(commandTable) as StateName[]

/** In the order of the definition. Events that every state accepts come last. */
const eventNames: readonly string[] = [
  ...new Set(
    [...stateNames.map((name) => linkedAccount.root.states[name]), linkedAccount.root].flatMap((node) => [
      ...(node?.transitions.keys() ?? []),
    ]),
  ),
]

/** The words for guards in the short table. Null: the text above the table states the condition once. */
const conditions: Readonly<Record<string, string | null>> = {
  isSignIn: 'signIn',
  isRestart: 'restart',
  isRefreshOfList: 'refresh with L',
  isCurrent: null,
  isNextPage: null,
  isCurrentAndCapped: 'beyond the limit',
  isHeld: 'held',
  isHeldAndCapped: 'held beyond the limit',
}

interface Branch {
  readonly guard: string | null
  readonly target: string
  readonly actions: readonly string[]
}

const branchesOf = (state: string, event: string): readonly Branch[] => {
  const own = linkedAccount.root.states[state as StateName]?.transitions.get(event)
  return (own ?? linkedAccount.root.transitions.get(event) ?? []).map(({ guard, target, actions }) => ({
    guard: guard === undefined ? null : nameOf(guard),
    target: target?.[0]?.key ?? state,
    actions: actions.map(nameOf),
  }))
}

const nameOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('only guards and actions with a name can be shown')
  return value
}

/** Each state and what it means. */
export const stateMeanings = (): string =>
  markdownTable([
    ['state', 'meaning'],
    ...stateNames.map((name) => [name, linkedAccount.root.states[name]?.description ?? '']),
  ])

/** The target of each event in each state. States and events with equal targets are merged. */
export const transitionTable = (): string =>
  groupedTable('state ＼ event', stateNames, eventNames, (state, event) => {
    const cells = branchesOf(state, event).map(({ guard, target }, index) => {
      const condition = guard === null ? null : conditions[guard]
      if (condition === undefined) throw new TypeError(`no words for the guard ${guard}`)
      return condition === null ? (index > 0 ? `else: ${target}` : target) : `${condition}: ${target}`
    })
    return cells.join('; ') || '–'
  })

/** Every pair of a state and an event, with a table for each state. */
export const transitionPairs = (): string =>
  stateNames
    .map((state) => {
      const { description, tags = [], meta } = linkedAccount.root.states[state] ?? {}
      const task = (meta as { task: string } | undefined)?.task
      const busy = tags.map((tag) => ` Tag \`${tag}\`${task ? `, task \`${task}\`` : ''}.`).join('')
      return [`### ${state}`, `${description}${busy}`, pairsOf(state)].join('\n\n')
    })
    .join('\n\n')

const pairsOf = (state: StateName): string => {
  const isTaken = (event: string) => branchesOf(state, event).length > 0
  const never = eventNames.filter((event) => !isTaken(event)).map((event) => `\`${event}\``)
  return markdownTable([
    ['event', 'if', 'next state', 'context'],
    ...eventNames
      .filter(isTaken)
      .flatMap((event) =>
        branchesOf(state, event).map(({ guard, target, actions }) => [
          `\`${event}\``,
          guard === null ? 'always' : guardLabel(linkedAccount, guard),
          target,
          actions.join(', ') || 'unchanged',
        ]),
      ),
    [never.join(', '), 'never', '–', '–'],
  ])
}
