import { expect, test } from 'vitest'
import type { PossibleDuplicate, Row } from '../../../index.ts'
import { OpenPairs } from './open-pairs.ts'

const row = (key: string): Row => ({
  key,
  source: 'microsoft365',
  sources: ['microsoft365'],
  name: key,
  organization: null,
  phone: null,
  email: null,
  isIncomplete: false,
})
const pair = (name: string): PossibleDuplicate => ({
  rows: [row(`${name}1`), row(`${name}2`)],
  reasons: ['name'],
})
const [a, b] = [pair('a'), pair('b')]
const of = (open: OpenPairs) => open.all.map(({ rows: [{ key }] }) => key)

const opened = () => {
  const open = new OpenPairs()
  open.suggest([a, b])
  return open
}

test('a decided pair stays away until the client has heard of it, and returns if it suggests it again', () => {
  const open = opened()
  expect(open.decide(b)).toBe(1)
  open.suggest([a, b])
  expect(of(open)).toEqual(['a1'])
  open.suggest([a])
  open.suggest([a, b])
  expect(of(open)).toEqual(['a1', 'b1'])
})

test('a pair that the client no longer suggests when its decision is known returns like any other', () => {
  const open = opened()
  open.suggest([a])
  expect(open.decide(b)).toBe(0)
  open.suggest([a, b])
  expect(of(open)).toEqual(['a1', 'b1'])
})

test('a decision that is taken back asks in its place, until the client has heard of it', () => {
  const open = opened()
  open.reopen(a, open.decide(a))
  open.suggest([b])
  expect(of(open)).toEqual(['a1', 'b1'])
  open.suggest([a, b])
  open.suggest([b])
  expect(of(open)).toEqual(['b1'])
})

test('a pair that another tab decides before the client suggests it again is closed', () => {
  const open = opened()
  open.reopen(a, open.decide(a))
  open.suggest([b])
  expect(open.reopened).toEqual([a])
  open.close(a)
  expect(of(open)).toEqual(['b1'])
  expect(open.count(1)).toBe(1)
})
