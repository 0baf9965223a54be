import { expect, it } from 'vitest'
import { microsoft365 } from './node.ts'

it.each(['', '  '])('microsoft365 throws for a missing client id if it is %j', (clientId) => {
  expect(() => microsoft365({ clientId })).toThrow(TypeError)
  expect(() => microsoft365({ clientId })).toThrow(/clientId is missing.*app registration/)
})

it('microsoft365 also throws if JavaScript code passes no client id', () => {
  const options: object = {}
  expect(() => microsoft365(options as { clientId: string })).toThrow(/clientId is missing/)
})
