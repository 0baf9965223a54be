import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { and, createMachine, initialTransition, setup, transition } from 'xstate'
import { linkedAccount } from '../src/machines/linked-account.ts'
import type { AccountContext, AccountEvent } from '../src/machines/linked-account.ts'
import { eventVariants, situations, titled } from '../src/testing/account-situations.ts'
import { CHART_MODULE, chartModule } from './chart-module.ts'
import { definition } from './definition.ts'
import { layout } from './layout.ts'
import { mermaid } from './mermaid.ts'
import { guardLabel, statechart } from './statechart.ts'
import { svg } from './svg.ts'

const chart = statechart(linkedAccount)
const committed = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')
const stale = 'the machine has changed: run "npm run build && npm run diagrams" and commit'

/** The diagrams show the parts of a combined guard instead of its name. */
const joined: Readonly<Record<string, string>> = {
  isRefreshOfList: 'isRefresh and hasList',
  isCurrentAndCapped: 'isCurrent and isCapped',
  isHeld: 'isCurrent and hasHeldRemoval',
  isHeldAndCapped: 'isCurrent and isCappedOnceApproved',
  isNextPage: 'isCurrent and followsLastPage',
}

/** Read from the machine's definition in another way than by `statechart`, to compare the two. */
const transitions = Object.entries(linkedAccount.states).flatMap(([from, { on }]) =>
  Object.values(on)
    .flat()
    .map(({ eventType, guard, target }) => ({
      from,
      event: eventType,
      guard: joined[guard as string] ?? (guard as string),
      to: target?.[0]?.key ?? from,
    })),
)

describe('the diagrams of a linked account', () => {
  it('are those of the machine as it is now (Mermaid)', async () => {
    expect(await committed('linked-account.mmd'), stale).toBe(mermaid(chart))
  })

  it('are those of the machine as it is now (SVG)', async () => {
    expect(await committed('linked-account.svg'), stale).toBe(svg(chart, await layout(chart)))
  })

  it('are those of the machine as it is now (the chart of the inspector)', async () => {
    expect(await committed(`../${CHART_MODULE}`), stale).toBe(chartModule(chart, await layout(chart, 'none')))
  })

  it('are the same every time', async () => {
    expect(svg(chart, await layout(chart))).toBe(svg(chart, await layout(chart)))
  })

  it('show all seven states, and what the busy ones run', () => {
    expect(chart.states.map(({ name }) => name).toSorted()).toEqual(
      ['cancelled', 'capped', 'consenting', 'failed', 'fetching', 'idle', 'imported'].toSorted(),
    )
    expect(chart.states.filter(({ task }) => task !== null)).toEqual([
      { name: 'consenting', task: 'signIn' },
      { name: 'fetching', task: 'fetch' },
    ])
    expect(chart.initial).toBe('idle')
  })

  it('show every transition with its guard, in the Mermaid text and in the words of the SVG', async () => {
    const lines = (await committed('linked-account.mmd')).split('\n')
    const sentences = (await committed('linked-account.svg')).split('. ')
    expect(transitions.length).toBeGreaterThan(20)
    for (const { from, event, guard, to } of transitions) {
      const line = lines.find((line) => line.startsWith(`  ${from} --> ${to}: `))
      expect(line?.split(': ')[1]?.split('<br>')).toContain(`${event} [${guard}]`)
      const sentence = sentences.find((words) => words.startsWith(`From ${from} to ${to}: `))
      expect(sentence?.split(': ')[1]?.split(', ')).toContain(`${event} if ${guard}`)
    }
  })

  it('draw a box for every state and a labelled arrow for every pair of states with a transition', async () => {
    const picture = await committed('linked-account.svg')
    const pairs = new Set(transitions.map(({ from, to }) => `${from} ${to}`))
    expect(picture.match(/<rect class="state/g)).toHaveLength(7)
    expect(picture.match(/<path class="arrow"/g)).toHaveLength(pairs.size + 1)
    expect(picture.match(/<text class="label"/g)).toHaveLength(transitions.length)
    expect(picture.match(/<text class="label quiet"/g)).toHaveLength(transitions.length)
  })

  it('refuse a guard without a name, and join the names within an `and`', () => {
    const chartOf = (guard: Parameters<typeof guardLabel>[1]) => guardLabel(linkedAccount, guard)
    expect(chartOf(and(['isCurrent', 'isNextPage']))).toBe('isCurrent and isCurrent and followsLastPage')
    expect(() => chartOf(() => true)).toThrow(TypeError)
  })

  it('say that signing out is possible everywhere', async () => {
    expect(chart.everywhere).toEqual([
      { to: 'idle', labels: [{ event: 'account.signed-out', guard: null, guardName: null }] },
    ])
    expect(await committed('linked-account.mmd')).toContain('in every state: account.signed-out leads here')
    expect(await committed('linked-account.svg')).toContain('from every state: </tspan>account.signed-out')
  })

  it('place nothing on top of another state', async () => {
    const { states, arrows } = await layout(chart)
    const boxes = [...states.map(({ box }) => box), ...arrows.flatMap(({ label }) => (label ? [label] : []))]
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const isApart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(isApart).toBe(true)
      }
    }
  })
})

describe('the definition for Stately', () => {
  const json = definition(linkedAccount)
  const { guards, actions } = linkedAccount.implementations
  const readBack = createMachine(
    JSON.parse(json) as Parameters<typeof createMachine>[0],
    {
      guards,
      actions,
    } as Parameters<typeof createMachine>[1],
  )

  it('is that of the machine as it is now', async () => {
    expect(await committed('linked-account.json'), stale).toBe(json)
  })

  it('has every state with its description, and guards and actions by name only', () => {
    const { states, initial } = JSON.parse(json) as {
      initial: string
      states: Record<string, { description: string }>
    }
    expect(initial).toBe('idle')
    expect(Object.keys(states)).toEqual(Object.keys(linkedAccount.states))
    for (const { description } of Object.values(states)) expect(description).toMatch(/^[\dA-Z].+\.$/)
    const nameless = setup({}).createMachine({ on: { a: { guard: () => true } } })
    expect(() => definition(nameless as unknown as typeof linkedAccount)).toThrow(TypeError)
  })

  it('begins in the same state and context', () => {
    const [{ value, context }] = initialTransition(readBack)
    const [start] = initialTransition(linkedAccount)
    expect({ value, context }).toEqual({ value: start.value, context: start.context })
  })

  it.each(situations.map((situation) => [titled(situation), situation] as const))(
    'yields the same transitions when it is read back: %s',
    (_, { state, context }) => {
      const after = (event: AccountEvent) => {
        const [{ value, context: next }] = transition(
          readBack,
          readBack.resolveState({ value: state, context }),
          event,
        )
        return { value, context: next as AccountContext }
      }
      const wanted = (event: AccountEvent) => {
        const [{ value, context: next }] = transition(
          linkedAccount,
          linkedAccount.resolveState({ value: state, context }),
          event,
        )
        return { value, context: next }
      }
      for (const event of eventVariants) {
        for (const variant of [event, { ...event, attempt: 'another' }]) {
          expect(after(variant)).toEqual(wanted(variant))
        }
      }
    },
  )
})
