import { expect, test } from 'vitest'
import type { Completion, SkipCounts } from '../../../index.ts'
import { messages } from '../../../messages.ts'
import { completion } from '../../../testing/sample-facts.ts'
import type { CommandContext } from '../command.ts'
import { changeSentence, printResult } from './print-result.ts'
import type { CommandOutcome } from './result-record.ts'

const whole = completion({ added: 0 })

const printed = (
  completion: Completion,
  skips: SkipCounts = {},
  skippedFiles: readonly string[] = [],
): readonly string[] => {
  const lines: string[] = []
  const output = {
    json: false,
    result: (line: string) => lines.push(line),
    untrusted: (text: string) => text,
  }
  const context = { messages: messages('en'), output, interruption: { happened: false } }
  const outcome = {
    source: 'microsoft365',
    state: 'imported',
    completion,
    skipped: completion.skipped,
    skips,
    skippedFiles,
  }
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
    'Microsoft 365 changed during the import or did not report everything, so this list may not match it. The next refresh checks again.',
  )
  expect(others).toEqual([])
})

test('a folder that is left out is not counted as a contact', () => {
  const skips = { 'folder-unreadable': 1, 'no-id': 2 }
  expect(printed({ ...whole, skipped: 3 }, skips)[1]).toBe(
    '3 left out: 1 folder could not be read, 2 contacts had no id.',
  )
})

test('files that could not be read are named, up to twenty of them', () => {
  const names = Array.from({ length: 21 }, (_, index) => `${index}.vcf`)
  const lines = printed({ ...whole, skipped: 21 }, { 'file-unreadable': 21 }, names)
  expect(lines.slice(1)).toEqual([
    ...['21 left out: 21 files could not be read.', ...names.slice(0, 20).map((name) => `  ${name}`), '  …'],
  ])
})
