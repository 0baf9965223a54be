import { expect, test } from 'vitest'
import { explainFailure, explainRefusal, messages } from '../../../messages.ts'
import type { Steps } from '../../../messages.ts'
import { mentionedSteps } from './mentioned-steps.ts'

const english = messages('en')
const failure =
  (code: Parameters<typeof explainFailure>[1], onDevice = 0) =>
  (steps: Steps) =>
    explainFailure(english, code, { source: 'microsoft365', steps, onDevice })

test('the buttons of a failure are the steps that its sentence names, in its order', () => {
  expect(mentionedSteps(failure('offline'))).toEqual(['restart'])
  expect(mentionedSteps(failure('offline', 12))).toEqual(['refresh'])
  expect(mentionedSteps(failure('different-account', 12))).toEqual(['restart', 'signOut', 'signIn'])
  expect(mentionedSteps(failure('removal-held', 12))).toEqual(['approveRemoval', 'refresh'])
  expect(mentionedSteps(failure('storage-damaged'))).toEqual([])
})

test('so are those of a refusal', () => {
  const refusal = (steps: Steps) =>
    explainRefusal(english, 'running-elsewhere', { source: 'microsoft365', steps })
  expect(mentionedSteps(refusal)).toEqual(['cancel'])
})

test('the words of the element for the steps contain the labels of its buttons', () => {
  const { commands, signInWith, steps } = english.settings
  for (const command of Object.keys(commands) as (keyof typeof commands)[])
    expect(steps[command]).toContain(commands[command])
  for (const label of Object.values(signInWith)) expect(label).toContain(commands.signIn)
})
