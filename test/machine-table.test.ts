import { readFileSync } from 'node:fs'
import { transition } from 'xstate'
import { describe, expect, it } from 'vitest'
import { commandTypes, startingCommands, refusalCodes } from '../src/domain/commands.ts'
import { failureCodes } from '../src/domain/failures.ts'
import { eventVariants, situations, titled } from '../src/testing/account-situations.ts'
import type { AccountState } from '../src/machines/account-state.ts'
import { decideCommand } from '../src/machines/decide-command.ts'
import type { DecisionContext } from '../src/machines/decide-command.ts'
import { linkedAccount } from '../src/machines/linked-account.ts'
import type { AccountContext, AccountEvent, StateName } from '../src/machines/linked-account.ts'

/** The tables of docs/architecture.md, read as a person reads them, against the behaviour of the code. */
const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8')

/** Rows by name, and in them cells by the name of their column. A name may be several, with commas. */
const tableUnder = (corner: string): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const lines = page.split('\n')
  const start = lines.findIndex(
    (line, index) => line.startsWith(`| ${corner} |`) && lines[index + 1]?.startsWith('|---'),
  )
  if (start < 0) throw new Error(`docs/architecture.md has no table "${corner}"`)
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const namesOf = (cell: string) => cell.replaceAll('*', '').split(', ')
  const [, ...columns] = cellsOf(lines[start] ?? '')
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  return new Map(
    lines.slice(start + 2, end).flatMap((line) => {
      const [name = '', ...cells] = cellsOf(line)
      const row = new Map(
        columns.flatMap((column, index) => namesOf(column).map((each) => [each, cells[index] ?? ''])),
      )
      return namesOf(name).map((each) => [each, row] as const)
    }),
  )
}

const transitions = tableUnder('state ＼ event')
const answers = tableUnder('command')
const states = Object.keys(linkedAccount.states) as StateName[]

const cellOf = (table: ReturnType<typeof tableUnder>, row: string, column: string): string => {
  const cell = table.get(row)?.get(column)
  if (cell === undefined || cell === '') throw new Error(`no cell for ${row}, ${column}`)
  return cell
}

describe('the table of states', () => {
  /** Reads a cell: `refresh with L: fetching; restart: consenting`. Null: the event is not taken. */
  const wanted = (cell: string, event: AccountEvent, { list, held }: AccountContext): string | null => {
    if (cell === '–') return null
    const by = event.type === 'attempt.requested' ? event.data.by : null
    const isMet = (condition: string): boolean => {
      const [name, needsList] = condition.split(' with ')
      switch (name) {
        case 'else':
          return true
        case 'beyond the limit':
          return event.type === 'attempt.completed' && event.data.outcome === 'capped'
        case 'held':
          return held !== null
        case 'held beyond the limit':
          return held?.completion.outcome === 'capped'
        default:
          return name === by && (needsList === undefined || list !== null)
      }
    }
    for (const alternative of cell.split('; ')) {
      const [target = '', condition = 'else'] = alternative.split(': ').toReversed()
      if (isMet(condition)) return target
    }
    return null
  }

  const actual = (state: StateName, context: AccountContext, event: AccountEvent): string | null => {
    const snapshot = linkedAccount.resolveState({ value: state, context })
    return snapshot.can(event) ? transition(linkedAccount, snapshot, event)[0].value : null
  }

  it('has a row for each state and a column for each event that the machine takes', () => {
    expect([...transitions.keys()].toSorted()).toEqual(states.toSorted())
    const columns = [...(transitions.get('idle')?.keys() ?? [])]
    expect(columns.toSorted()).toEqual([...linkedAccount.events].toSorted())
    expect(new Set(eventVariants.map(({ type }) => type))).toEqual(new Set(columns))
  })

  it.each(situations.map((situation) => [titled(situation), situation] as const))(
    'says what the machine does: %s',
    (_, { state, context }) => {
      for (const event of eventVariants) {
        const cell = cellOf(transitions, state, event.type)
        expect([event.type, actual(state, context, event)]).toEqual([
          event.type,
          wanted(cell, event, context),
        ])
      }
    },
  )

  it.each(situations.map((situation) => [titled(situation), situation] as const))(
    'is for the current attempt and the next page only: %s',
    (_, { state, context }) => {
      for (const event of eventVariants) {
        if (event.type === 'attempt.requested' || event.type === 'account.signed-out') continue
        expect(actual(state, context, { ...event, attempt: 'another' })).toBeNull()
        expect(actual(state, context, { ...event, attempt: null })).toBeNull()
        if (event.type !== 'page.fetched' && event.type !== 'changes.fetched') continue
        // Page 1 again after two pages, page 1 again after one, and page 3 after none.
        for (const pages of [event.data.page + 1, event.data.page]) {
          expect(actual(state, { ...context, counts: { ...context.counts, pages } }, event)).toBeNull()
        }
        const skipping = { ...event, data: { ...event.data, page: event.data.page + 2 } } as AccountEvent
        expect(actual(state, context, skipping)).toBeNull()
      }
    },
  )
})

describe('the table of commands', () => {
  const decide = (
    type: (typeof commandTypes)[number],
    account: AccountState,
    context: Partial<DecisionContext> = {},
    other?: AccountState,
  ): string => {
    const runner = isBusy(account.state) ? 'here' : 'nobody'
    const decision = decideCommand(
      { kind: 'command', type, source: 'microsoft365', attempt: 'next' },
      { microsoft365: account, ...(other && { outlook: other }) },
      { runner, storeIsNewer: false, nothingLeft: false, key: 'ready', ...context },
    )
    return decision.ok ? 'yes' : decision.refusal
  }

  /** Reads a cell: `L: yes, else nothing-to-refresh`. A busy state is run here unless told otherwise. */
  const wanted = (
    type: string,
    { state, context }: AccountState,
    { isAbandoned = false, isSomethingLeft = true } = {},
  ): string => {
    const cell = cellOf(answers, type, state).replaceAll('`', '').replace('¹', '')
    const read = /^(?<condition>[\w ]+): (?<answer>[\w-]+), else (?<other>[\w-]+)$/.exec(cell)?.groups
    if (!read) return cell
    const isMet = {
      L: context.list !== null,
      held: context.code === 'removal-held',
      abandoned: isAbandoned,
      'something left': isSomethingLeft,
    }[read.condition ?? '']
    if (isMet === undefined) throw new Error(`unknown condition "${read.condition}"`)
    return (isMet ? read.answer : read.other) ?? ''
  }

  it('has a row for each command and a column for each state', () => {
    expect([...answers.keys()].toSorted()).toEqual([...commandTypes].toSorted())
    for (const row of answers.values()) expect([...row.keys()].toSorted()).toEqual(states.toSorted())
  })

  it.each(situations.map((situation) => [titled(situation), situation] as const))(
    'says the answer to each command: %s',
    (_, account) => {
      for (const type of commandTypes) {
        expect([type, decide(type, account)]).toEqual([type, wanted(type, account)])
        const isAbandoned = isBusy(account.state)
        const abandoned = decide(type, account, { runner: 'nobody' })
        expect([type, abandoned]).toEqual([type, wanted(type, account, { isAbandoned })])
        const emptied = decide(type, account, { nothingLeft: true })
        expect([type, emptied]).toEqual([type, wanted(type, account, { isSomethingLeft: false })])
      }
    },
  )

  it('marks the commands that the other Microsoft source excludes', () => {
    const others = situations.filter(
      ({ state, context }) => context.list !== null || state === 'consenting' || state === 'fetching',
    )
    // If this source has a list or is busy itself, the other one cannot be in use.
    const here = situations.filter(({ context, state }) => context.list === null && !isBusy(state))
    for (const account of here) {
      for (const type of commandTypes) {
        const isMarked = cellOf(answers, type, account.state).endsWith('¹')
        const answer = isMarked ? 'other-microsoft-source' : wanted(type, account)
        for (const other of others) expect([type, decide(type, account, {}, other)]).toEqual([type, answer])
      }
    }
  })

  it('comes after a newer store and a runner elsewhere', () => {
    for (const account of situations) {
      for (const type of commandTypes) {
        const isStarting = (startingCommands as readonly string[]).includes(type)
        expect(decide(type, account, { storeIsNewer: true })).toBe(
          type === 'signOut' ? 'yes' : 'store-is-newer',
        )
        expect(decide(type, account, { runner: 'elsewhere' })).toBe(
          isStarting ? 'running-elsewhere' : wanted(type, account),
        )
      }
    }
  })

  it('allows only a restart where no process runs the attempt', () => {
    for (const account of situations.filter(({ state }) => isBusy(state))) {
      const answer = startingCommands.map((type) => [type, decide(type, account, { runner: 'nobody' })])
      expect(Object.fromEntries(answer)).toEqual({
        signIn: 'restart-first',
        restart: 'yes',
        refresh: 'restart-first',
      })
    }
  })

  const isBusy = (state: StateName) => state === 'consenting' || state === 'fetching'
})

it('every failure and every refusal is listed, and no other', () => {
  const [, codes = ''] = page.split('## 8. Codes\n')
  const [failures = '', refusals = ''] = codes.split('A command is refused with:')
  const listed = (text: string) =>
    [...(text.split('.\n')[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code]) => code).toSorted()
  expect(listed(failures)).toEqual([...failureCodes].toSorted())
  expect(listed(refusals)).toEqual([...refusalCodes].toSorted())
})
