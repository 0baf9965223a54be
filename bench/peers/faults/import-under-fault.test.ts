import { describe, expect, test } from 'vitest'
import type { ContenderName } from '../contenders/contenders.ts'
import { faultCases } from './fault-cases.ts'
import { importUnderFault } from './import-under-fault.ts'
import { isRight } from './is-right.ts'

const run = async (contender: ContenderName, fault: string) => {
  const platformFetch = globalThis.fetch
  const result = await importUnderFault({ contender, fault, contacts: 2600, limit: 40_000 })
  expect(globalThis.fetch).toBe(platformFetch)
  expect(result.wasMet).toBe(true)
  return {
    ...result,
    isRight: isRight(
      faultCases.find(({ name }) => name === fault)!,
      result,
    ),
  }
}

describe('each way to fail is seen where it is known to happen', () => {
  test.each([
    ['500', { end: 'failure', contacts: 1000, how: expect.stringMatching(/^500 /) as string }],
    [
      'token expires midway',
      { end: 'failure', contacts: 1000, how: expect.stringMatching(/^401 /) as string },
    ],
    ['a nextLink that comes again', { end: 'list', contacts: 3600, doubled: 1000 }],
    ['a contact is deleted meanwhile', { end: 'list', lost: 1, doubled: 0 }],
    ['one is added meanwhile', { end: 'list', doubled: 1 }],
    ['one is moved meanwhile', { end: 'list', lost: 1 }],
    ['two are edited meanwhile', { end: 'list', lost: 0, stale: 1 }],
  ])('%s', async (fault, expected) => {
    expect(await run('Graph SDK', fault)).toMatchObject({ ...expected, isRight: false })
  })
})

describe('a refresh of the Graph SDK, by its documented delta loop,', () => {
  test.each([
    ['refresh: a contact that lives on is told as removed', { lost: 1, isRight: false }],
    ['refresh: a change tells the changed fields only', { stale: 0, isRight: true }],
  ])('%s', async (fault, expected) => {
    expect(await run('Graph SDK', fault)).toMatchObject(expected)
  })
})

test('without a default folder, the Graph SDK finds no contact', async () => {
  const fault = 'no default folder, contacts in another'
  expect(await run('Graph SDK', fault)).toMatchObject({
    end: 'failure',
    how: expect.stringMatching(/^404 /) as string,
  })
})

test.each(['pages above 100 answer 504, for ever', 'refresh: the stored link answers 504, for ever'])(
  'the Graph SDK asks again, and is refused again: %s',
  async (fault) => {
    const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 2600, limit: 4_000 })
    expect(result).toMatchObject({ end: 'unfinished', wasMet: true })
  },
)

test.each(['one contact answers 500 by its id, for ever', '$batch answers 200 with HTML'])(
  'a client that never meets what goes wrong has survived nothing: %s',
  async (fault) => {
    const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 2600, limit: 40_000 })
    expect(result).toMatchObject({ end: 'list', lost: 0, wasMet: false })
  },
)

test('what has not ended at the limit is given up', async () => {
  const fault = 'a silent server'
  const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 1, limit: 1 })
  expect(result).toMatchObject({ end: 'unfinished', how: null })
})

test.each([
  'truncated JSON',
  'an empty page',
  'a nextLink to another origin',
  'token expires midway',
  'one contact answers 500 by its id, for ever',
  'no default folder, contacts in another',
  '$batch answers 200 with HTML',
  'refresh: a contact that lives on is told as removed',
  'refresh: a change tells the changed fields only',
])('this library, whole: %s', async (fault) => {
  expect(await run('device-contacts', fault)).toMatchObject({ isRight: true, wasTokenSent: false })
})

test('a cancel ends an import of this library in the middle of a wait', async () => {
  const result = await run('device-contacts', 'cancel in a Retry-After of 30 s')
  expect(result).toMatchObject({
    end: 'failure',
    how: 'cancelled',
    secondsToCancel: expect.any(Number) as number,
  })
})

test('an unknown fault is an error, and every fault has a name of its own', async () => {
  await expect(run('Graph SDK', 'nothing')).rejects.toThrow('no fault called nothing')
  expect(new Set(faultCases.map(({ name }) => name)).size).toBe(faultCases.length)
})
