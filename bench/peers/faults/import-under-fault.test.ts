import { describe, expect, test } from 'vitest'
import { soakCases } from '../../../test/soak.ts'
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

describe('each kind of failure is detected where it is known to happen', () => {
  const known: readonly (readonly [string, object])[] = [
    ['500', { end: 'failure', contacts: 1000, how: expect.stringMatching(/^500 /) as string }],
    [
      'token expires midway',
      { end: 'failure', contacts: 1000, how: expect.stringMatching(/^401 /) as string },
    ],
    ['a repeated nextLink', { end: 'list', contacts: 3600, doubled: 1000 }],
    ['a contact is deleted during the import', { end: 'list', lost: 1, doubled: 0 }],
    ['a contact is added during the import', { end: 'list', doubled: 1 }],
    ['a contact is moved during the import', { end: 'list', lost: 1 }],
    ['two contacts are edited during the import', { end: 'list', lost: 0, stale: 1 }],
  ]
  test.each(soakCases(known, 2))('%s', async (fault, expected) => {
    expect(await run('Graph SDK', fault)).toMatchObject({ ...expected, isRight: false })
  })
})

describe('a refresh of the Graph SDK, by its documented delta loop,', () => {
  test.each([
    ['refresh: an existing contact is reported as removed', { lost: 1, isRight: false }],
    ['refresh: a change contains only the changed fields', { stale: 0, isRight: true }],
  ])('%s', async (fault, expected) => {
    expect(await run('Graph SDK', fault)).toMatchObject(expected)
  })
})

test('without a default folder, the Graph SDK finds no contact', async () => {
  const fault = 'no default folder, contacts in another folder'
  expect(await run('Graph SDK', fault)).toMatchObject({
    end: 'failure',
    how: expect.stringMatching(/^404 /) as string,
  })
})

test.each(['pages above 100 contacts always answer 504', 'refresh: the stored link always answers 504'])(
  'the Graph SDK retries, and is refused again: %s',
  async (fault) => {
    const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 2600, limit: 8_000 })
    expect(result).toMatchObject({ end: 'unfinished', wasMet: true })
  },
)

test.each(['one contact always answers 500 by its id', '$batch answers 200 with HTML'])(
  'a client that never meets the fault has survived nothing: %s',
  async (fault) => {
    const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 2600, limit: 40_000 })
    expect(result).toMatchObject({ end: 'list', lost: 0, wasMet: false })
  },
)

test('an import that has not ended at the limit is stopped', async () => {
  const fault = 'a silent server'
  const result = await importUnderFault({ contender: 'Graph SDK', fault, contacts: 1, limit: 1 })
  expect(result).toMatchObject({ end: 'unfinished', how: null })
})

const survived = [
  'truncated JSON',
  'an empty page',
  'a nextLink to another origin',
  'token expires midway',
  'one contact always answers 500 by its id',
  'no default folder, contacts in another folder',
  '$batch answers 200 with HTML',
  'refresh: an existing contact is reported as removed',
  'refresh: a change contains only the changed fields',
]

test.each(soakCases(survived, 5))('this library survives: %s', async (fault) => {
  expect(await run('device-contacts', fault)).toMatchObject({ isRight: true, wasTokenSent: false })
})

test('a cancel ends an import of this library in the middle of a wait', async () => {
  const result = await run('device-contacts', 'cancel during a Retry-After of 30 s')
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
