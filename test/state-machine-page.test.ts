import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { transition } from 'xstate'
import { linkedAccount } from '../src/machines/linked-account.ts'
import { eventVariants, situations } from '../src/testing/account-situations.ts'

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('docs/state-machine.md', root), 'utf8')

const sectionOf = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
const namesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
const citationsIn = (text: string) =>
  [...text.matchAll(/`([\w./-]+\.test\.ts)` › (.+?)(?=<br>| \||, and\n|\.\n|$)/gm)].map(
    ([, path = '', title = '']) => ({ path, title }),
  )

test('every pair of state and event is listed with its targets', () => {
  const listed = new Map<string, Set<string>>()
  for (const part of sectionOf('3. Every pair').split('\n### ').slice(1)) {
    const state = part.split('\n')[0] ?? ''
    if (!(state in linkedAccount.states)) continue
    for (const [events = '', , target = ''] of rowsOf(part).slice(1)) {
      for (const event of namesIn(events)) {
        const pair = `${state} ${event}`
        listed.set(pair, (listed.get(pair) ?? new Set()).add(target))
      }
    }
  }
  const found = new Map<string, Set<string>>()
  for (const { state, context } of situations) {
    for (const event of eventVariants) {
      const snapshot = linkedAccount.resolveState({ value: state, context })
      const pair = `${state} ${event.type}`
      const targets = found.get(pair) ?? new Set()
      if (snapshot.can(event)) targets.add(transition(linkedAccount, snapshot, event)[0].value)
      found.set(pair, targets)
    }
  }
  expect(listed.size).toBe(Object.keys(linkedAccount.states).length * linkedAccount.events.length)
  for (const [pair, targets] of found) {
    expect([pair, [...(listed.get(pair) ?? [])].sort()]).toEqual([
      pair,
      targets.size > 0 ? [...targets].sort() : ['–'],
    ])
  }
})

test('every event, guard and action is explained, and no other', () => {
  const firstNames = (text: string) => rowsOf(text).flatMap(([name = '']) => namesIn(name))
  const [, guards = '', context = ''] = sectionOf('3. Every pair').split(/\n### (?:Guards|Context)\n/)
  expect(firstNames(sectionOf('2. Events')).sort()).toEqual([...linkedAccount.events].sort())
  expect(firstNames(guards).sort()).toEqual(Object.keys(linkedAccount.implementations.guards).sort())
  expect(firstNames(context).sort()).toEqual(Object.keys(linkedAccount.implementations.actions).sort())
})

test('invariants and assumptions are numbered, and each names a test', () => {
  for (const [title, letter] of [
    ['5. Invariants', 'I'],
    ['6. Assumptions about the service', 'A'],
  ] as const) {
    const rows = rowsOf(sectionOf(title)).slice(1)
    expect(rows.length).toBeGreaterThan(7)
    expect(rows.map(([number]) => number)).toEqual(rows.map((_, index) => `${letter}${index + 1}`))
    for (const row of rows) expect([row[0], citationsIn(row.at(-1) ?? '')]).not.toEqual([row[0], []])
  }
})

const citations = citationsIn(page)

test.each(citations.map(({ path, title }) => [`${path} › ${title}`, path, title]))('%s', (_, path, title) => {
  expect(existsSync(new URL(path, root)), path).toBe(true)
  const source = readFileSync(new URL(path, root), 'utf8')
  expect(source).toContain(`'${title}'`)
})

test('no citation is overlooked', () => {
  expect(citations).toHaveLength(page.split('.test.ts` › ').length - 1)
})

test('no file outside src/machines makes a fact', () => {
  // A new fact has a stream after its type. All other code only reads facts.
  const makesFact = /type: '[a-z]+\.[a-z-]+',\s+(?:stream\b|\.\.\.about)/
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^(?!testing\/).*(?<!\.test)\.ts$/.test(path.replaceAll('\\', '/')),
  )
  const makers = files.filter((path) => makesFact.test(readFileSync(new URL(`src/${path}`, root), 'utf8')))
  const outside = makers.filter((path) => !path.startsWith('machines'))
  expect(makers.length).toBeGreaterThan(outside.length)
  expect(outside).toEqual([])
})
