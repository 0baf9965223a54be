import { expect, test } from 'vitest'
import type { Completion } from '../../../index.ts'
import { messages } from '../../../messages.ts'
import type { CommandContext } from '../command.ts'
import { changeSentence, printResult } from './print-result.ts'
import type { CommandOutcome } from './result-record.ts'

const whole: Completion = {
  outcome: 'imported',
  imported: 3,
  available: 3,
  skipped: 0,
  incomplete: 0,
  added: 0,
  updated: 0,
  removed: 0,
  displaced: 0,
  verified: true,
}

const printed = (completion: Completion): readonly string[] => {
  const lines: string[] = []
  const output = { json: false, result: (line: string) => lines.push(line) }
  const context = { messages: messages('en'), output, interruption: { happened: false } }
  const outcome = { source: 'microsoft365', state: 'imported', completion, skipped: 0, skips: {} }
  printResult(context as unknown as CommandContext, outcome as CommandOutcome, (completion) => [
    changeSentence(context as unknown as CommandContext, outcome as CommandOutcome, completion),
  ])
  return lines
}

test('a verified result is one line', () => {
  expect(printed(whole)).toEqual([
    'Microsoft 365: 0 added, 0 updated, 0 removed. Now on this device: 3 contacts.',
  ])
})

test('an unverified result does not claim to know why, nor that a refresh helps', () => {
  const [, doubt, ...others] = printed({ ...whole, verified: false })
  expect(doubt).toBe(
    'Microsoft 365 changed while it was read, or did not tell everything, so the list may differ from it. A refresh asks again.',
  )
  expect(others).toEqual([])
})
