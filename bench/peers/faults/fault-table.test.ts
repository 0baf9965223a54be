import { expect, test } from 'vitest'
import { faultTable } from './fault-table.ts'
import type { UnderFault } from './import-under-fault.ts'
import { isRight } from './is-right.ts'

const good: UnderFault = {
  end: 'list',
  how: null,
  seconds: 1.24,
  secondsToCancel: null,
  contacts: 3000,
  lost: 0,
  doubled: 0,
  stale: 0,
  wasTokenSent: false,
  wasMet: true,
}
const failed: UnderFault = { ...good, end: 'failure', how: 'no | more\n today', contacts: 1000, lost: 2000 }
const endless: UnderFault = { ...good, end: 'unfinished', contacts: 60_000, doubled: 57_000 }

test.each<[string, Partial<UnderFault>]>([
  ['that misses one', { lost: 1 }],
  ['with one twice', { doubled: 1 }],
  ['with one that is gone', { stale: 1 }],
  ['after a token was sent to another origin', { wasTokenSent: true }],
  ['from a client that met no fault', { wasMet: false }],
])('a list %s is not right, even if the client reports success', (_, change) => {
  expect(isRight({ right: 'list' }, good)).toBe(true)
  expect(isRight({ right: 'list' }, { ...good, ...change })).toBe(false)
  expect(isRight({ right: 'failure' }, { ...good, ...change })).toBe(false)
})

test('an import that cannot succeed may fail, but must end', () => {
  expect(isRight({ right: 'failure' }, failed)).toBe(true)
  expect(isRight({ right: 'failure' }, endless)).toBe(false)
  expect(isRight({ right: 'list' }, failed)).toBe(false)
})

test('a cancel is right only if it ends the import in time', () => {
  const cancelled = { ...failed, secondsToCancel: 0.02 }
  expect(isRight({ right: 'cancel' }, cancelled)).toBe(true)
  expect(isRight({ right: 'cancel' }, { ...cancelled, secondsToCancel: 29 })).toBe(false)
  expect(isRight({ right: 'cancel' }, { ...cancelled, end: 'unfinished' })).toBe(false)
  expect(isRight({ right: 'cancel' }, { ...cancelled, end: 'list' })).toBe(false)
})

test('the table shows each outcome and counts the survived faults', () => {
  const rows = [
    { fault: { name: '500', right: 'list' } as const, runs: { PnPjs: good, 'Graph SDK': failed } },
    {
      fault: { name: 'moved', right: 'list' } as const,
      runs: { PnPjs: { ...good, lost: 1, stale: 2 }, 'Graph SDK': { ...good, wasMet: false } },
    },
    {
      fault: { name: 'circle', right: 'failure' } as const,
      runs: { PnPjs: endless, 'Graph SDK': { ...failed, wasTokenSent: true } },
    },
    {
      fault: { name: 'cancel', right: 'cancel' } as const,
      runs: { PnPjs: { ...failed, secondsToCancel: 0.02 }, 'Graph SDK': { ...failed, how: 'x'.repeat(99) } },
    },
  ]
  const cells = faultTable(rows, ['PnPjs', 'Graph SDK'])
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
  expect(cells).toEqual([
    ['', 'PnPjs', 'Graph SDK'],
    [expect.stringMatching(/^-+$/), expect.stringMatching(/^-+$/), expect.stringMatching(/^-+$/)],
    ['500', '✓ 1.2 s', '✗ 1.2 s: no / more today'],
    ['moved', '✗ **1 lost**, **2 stale**, 1.2 s', '– never requests a second page'],
    ['circle', '✗ not finished, 60,000 contacts after 1.2 s', '✗ 1.2 s: no / more today; token sent there'],
    ['cancel', '✓ 0.0 s after the cancel: no / more today', `✗ 1.2 s: ${'x'.repeat(59)}…`],
    ['**survived**', '2 of 4', '0 of 3'],
  ])
})

test('an import that takes more memory than a case allows is not right, and the table says how much', () => {
  const fault = { name: 'huge', right: 'failure', mostMemory: 1000 } as const
  const runs = { PnPjs: { ...good, peakMemory: 2063.4 }, 'Graph SDK': { ...failed, peakMemory: 254 } }
  expect(isRight(fault, runs.PnPjs)).toBe(false)
  expect(isRight(fault, runs['Graph SDK'])).toBe(true)
  const table = faultTable([{ fault, runs }], ['PnPjs', 'Graph SDK'])
  expect(table).toContain('✗ 1.2 s; 2063 MB')
  expect(table).toContain('no / more today; 254 MB')
})

test('the table says why a client never met a fault', () => {
  const met = { by: /batch/, otherwise: 'sends no batch' }
  const fault = { name: 'a batch', right: 'list', met } as const
  const table = faultTable([{ fault, runs: { PnPjs: { ...good, wasMet: false } } }], ['PnPjs'])
  expect(table).toContain('– sends no batch')
  expect(table).toContain('0 of 0')
})
