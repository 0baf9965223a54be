import { safeParse } from 'valibot'
import { expect, it } from 'vitest'
import { faultSchema } from '../../sandbox/faults/fault.ts'
import { exampleOf, faultKinds } from './fault-kinds.ts'

it('the help knows every kind of fault', () => {
  expect([...faultKinds].sort()).toEqual(
    faultSchema.options.map(({ entries }) => entries.kind.literal).sort(),
  )
})

it.each(faultKinds)('the example of %s is a fault', (kind) => {
  expect(safeParse(faultSchema, JSON.parse(exampleOf(kind))).success).toBe(true)
})
