import { expect, test } from 'vitest'
import { decideIdentity, type IdentityQuestion } from './decide-identity.ts'

const mine = { key: 'm', source: 'microsoft365' } as const
const theirs = { key: 'g', source: 'google' } as const

const decided = (more: Partial<IdentityQuestion> = {}) =>
  decideIdentity({
    decision: 'd',
    contacts: [mine, theirs],
    isSame: true,
    said: null,
    storeIsNewer: false,
    ...more,
  })

test('a decision is one half in the stream of each source, which names its own contact in its payload only', () => {
  const common = { type: 'identity.decided', attempt: null } as const
  expect(decided()).toEqual({
    ok: true,
    facts: [
      {
        ...common,
        stream: 'microsoft365',
        data: { decision: 'd', with: 'google', isSame: true },
        payload: { contact: 'm' },
      },
      {
        ...common,
        stream: 'google',
        data: { decision: 'd', with: 'microsoft365', isSame: true },
        payload: { contact: 'g' },
      },
    ],
  })
  expect(decided({ isSame: false })).toMatchObject({
    facts: [{ data: { isSame: false } }, { data: { isSame: false } }],
  })
})

test('what the person has already said is not recorded twice', () => {
  expect(decided({ said: true })).toEqual({ ok: true, facts: [] })
  expect(decided({ said: false })).toMatchObject({ ok: true, facts: [{}, {}] })
  expect(decided({ said: null, isSame: null })).toEqual({ ok: true, facts: [] })
})

test.each([
  ['contact-gone', { contacts: [undefined, theirs] }],
  ['contact-gone', { contacts: [mine, undefined] }],
  ['one-source', { contacts: [mine, { ...mine, key: 'other' }] }],
  ['store-is-newer', { storeIsNewer: true }],
] as const)('it is refused with %s', (refusal, more) => {
  expect(decided(more)).toEqual({ ok: false, refusal })
})
