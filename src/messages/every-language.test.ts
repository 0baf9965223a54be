import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../domain/commands.ts'
import { skipReasons } from '../domain/contact.ts'
import { failureCodes, signOutSteps } from '../domain/failures.ts'
import { findingCodes, noticeCodes } from '../domain/findings.ts'
import { sources } from '../domain/source.ts'
import type { Messages, Sentences, Situation } from './catalogue.ts'
import { de } from './de/de.ts'
import { en } from './en/en.ts'

const languages: readonly [string, Messages][] = [
  ['English', en('en-US')],
  ['German', de('de-DE')],
]

const updatedAt = '2026-03-01T10:15:00Z'

const situationsIn = ({ settings: { steps } }: Messages): readonly Situation[] =>
  sources.flatMap((source) => [
    { source, steps },
    { source, steps, storage: 'browser', updatedAt, isUnanswered: true },
    {
      source,
      steps: { ...steps, restartWithCode: steps.restart },
      onDevice: 1240,
      updatedAt,
      retryAt: updatedAt,
      held: { removes: 300, of: 1000 },
      accessTokenFile: true,
      refresh: { isAllowed: true },
    },
  ])

const allLeft = Array.from({ length: 7 }, (_, index) =>
  signOutSteps.filter((_step, bit) => ((index + 1) >> bit) & 1),
)

/** All sentences that have a code, by it. */
const sentencesOf = (messages: Messages): ReadonlyMap<string, Sentences> => {
  const found = new Map<string, Sentences>()
  for (const [index, situation] of situationsIn(messages).entries()) {
    const add = (code: string, sentences: Sentences) => found.set(`${index} ${code}`, sentences)
    for (const code of failureCodes) add(code, messages.failures[code](situation))
    for (const code of refusalCodes) add(`refused: ${code}`, messages.refusals[code](situation))
    for (const code of noticeCodes) add(`notice: ${code}`, messages.notices[code](situation))
    for (const code of findingCodes)
      for (const finding of [{ code }, { code, count: 1 }, { code, count: 1200, files: ['a', 'b'] }])
        add(`found: ${code} ${finding.count}`, messages.findings[code](finding, situation.steps))
    for (const left of allLeft) add(`left: ${left.join()}`, messages.signOutLeft(left, situation))
    add('cancelled', messages.cancelled(situation))
    add('signed out', messages.signedOut(situation))
  }
  return found
}

describe.each(languages)('the messages in %s', (_, messages) => {
  it('have whole sentences and a next step for everything that can happen', () => {
    for (const [code, { happened, next }] of sentencesOf(messages))
      for (const text of [happened, next]) {
        expect(text, code).toMatch(/^\p{Lu}.*\.$/u)
        expect(text, code).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid Date| {2}/)
        expect(text, code).not.toMatch(/(?<!\d)\. \p{Ll}/u)
      }
  })

  it('have no sentence for a code that does not exist', () => {
    expect(Object.keys(messages.failures).sort()).toEqual([...failureCodes].sort())
    expect(Object.keys(messages.refusals).sort()).toEqual([...refusalCodes].sort())
    expect(Object.keys(messages.findings).sort()).toEqual([...findingCodes].sort())
    expect(Object.keys(messages.notices).sort()).toEqual([...noticeCodes].sort())
    expect(Object.keys(messages.skips).sort()).toEqual([...skipReasons].sort())
  })

  it('let a withdrawn permission be given again by a restart, which keeps the list', () => {
    const { steps } = messages.settings
    const { next } = messages.failures['permission-removed']({ source: 'microsoft365', steps })
    expect(next).toContain(steps.restart)
    expect(next).not.toContain(steps.signOut)
  })

  it('count one and many', () => {
    for (const reason of skipReasons.filter((each) => each !== 'too-many-folders'))
      expect(messages.skips[reason](1)).not.toBe(messages.skips[reason](2).replace('2', '1'))
    expect(messages.incomplete(1)).not.toBe(messages.incomplete(2).replace('2', '1'))
    expect(messages.contacts(1)).not.toBe(messages.contacts(2).replace('2', '1'))
  })
})

it('a translation says everything in its own words', () => {
  const [english, german] = languages.map(([, messages]) => sentencesOf(messages))
  expect([...german!.keys()]).toEqual([...english!.keys()])
  for (const [code, { happened, next }] of german!) {
    expect(happened, code).not.toBe(english!.get(code)?.happened)
    expect(next, code).not.toBe(english!.get(code)?.next)
  }
})
