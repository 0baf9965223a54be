import { describe, expect, test } from 'vitest'
import { fact, story } from '../testing/sample-facts.ts'
import { given } from '../testing/given.ts'
import { allowedCommands, decideCommand } from './decide-command.ts'

const requested = (by: string, number: number) => ({
  ok: true,
  facts: [{ type: 'attempt.requested', stream: 'microsoft365', attempt: 'next', data: { by, number } }],
})
const refused = (refusal: string) => ({ ok: false, refusal })

describe('signIn', () => {
  test('links an account that is not linked', () => {
    expect(given().when('signIn')).toEqual(requested('signIn', 1))
  })
  test('is refused on a linked account', () => {
    expect(given(...story.imported).when('signIn')).toEqual(refused('already-linked'))
    expect(given(...story.capped).when('signIn')).toEqual(refused('already-linked'))
  })
  test('is refused after a cancel or a failure, where only restart is allowed', () => {
    expect(given(...story.cancelled).when('signIn')).toEqual(refused('restart-first'))
    expect(given(...story.failed).when('signIn')).toEqual(refused('restart-first'))
  })
  test('links a source without any event', () => {
    const context = { runner: 'nobody', storeIsNewer: false, nothingLeft: false, key: 'ready' } as const
    const command = { kind: 'command', type: 'signIn', source: 'microsoft365', attempt: 'next' } as const
    expect(decideCommand(command, {}, context)).toEqual(requested('signIn', 1))
  })
  test('links again after a sign-out, and counts attempts from one', () => {
    expect(given(...story.imported, fact.signedOut()).when('signIn')).toEqual(requested('signIn', 1))
  })
})

describe('refresh', () => {
  test('needs a list', () => {
    expect(given().when('refresh')).toEqual(refused('nothing-to-refresh'))
    expect(given(...story.failed).when('refresh')).toEqual(refused('nothing-to-refresh'))
    expect(given(...story.cancelled).when('refresh')).toEqual(refused('nothing-to-refresh'))
  })
  test('starts a new attempt, also after one that failed or was cancelled', () => {
    const second = fact.requested('refresh', 'a2', 2)
    expect(given(...story.imported).when('refresh')).toEqual(requested('refresh', 2))
    expect(given(...story.imported, second, fact.failed('offline', 'a2')).when('refresh')).toEqual(
      requested('refresh', 3),
    )
    expect(given(...story.imported, second, fact.cancelled('a2')).when('refresh')).toEqual(
      requested('refresh', 3),
    )
  })
})

describe('an attempt whose process died', () => {
  test('is recorded as failed (interrupted) by restart, which starts another', () => {
    expect(given(...story.fetching).when('restart', { runner: 'nobody' })).toMatchObject({
      ok: true,
      facts: [
        { type: 'attempt.failed', attempt: 'a1', data: { code: 'interrupted' } },
        { type: 'attempt.requested', attempt: 'next', data: { by: 'restart', number: 2 } },
      ],
    })
  })
  test('keeps signIn and refresh refused until that restart', () => {
    expect(given(...story.consenting).when('signIn', { runner: 'nobody' })).toEqual(refused('restart-first'))
    expect(given(...story.fetching).when('refresh', { runner: 'nobody' })).toEqual(refused('restart-first'))
  })
  test('can be cancelled by any process', () => {
    for (const runner of ['here', 'elsewhere', 'nobody'] as const) {
      expect(given(...story.fetching).when('cancel', { runner })).toMatchObject({
        facts: [{ type: 'attempt.cancelled', attempt: 'a1' }],
      })
    }
  })
})

describe('approveRemoval', () => {
  test('carries out the held removal unchanged', () => {
    const held = [...story.imported, fact.requested('refresh', 'a2', 2), fact.held('a2')]
    expect(given(...held).when('approveRemoval')).toMatchObject({
      facts: [{ type: 'removal.approved', attempt: 'a2', data: { imported: 200, removed: 100 } }],
    })
  })
  test('is refused once a newer attempt has begun', () => {
    const replaced = [
      ...story.imported,
      fact.requested('refresh', 'a2', 2),
      fact.held('a2'),
      fact.requested('refresh', 'a3', 3),
    ]
    expect(given(...replaced).when('approveRemoval')).toEqual(refused('nothing-held'))
  })
})

describe('microsoft365 and outlook', () => {
  const outlook = { stream: 'outlook' } as const
  test('exclude each other while one is under way or has a list', () => {
    expect(given(...story.consenting).when('signIn', {}, 'outlook')).toEqual(
      refused('other-microsoft-source'),
    )
    expect(given(...story.imported).when('signIn', {}, 'outlook')).toEqual(refused('other-microsoft-source'))
    expect(given({ ...fact.requested(), ...outlook }).when('signIn')).toEqual(
      refused('other-microsoft-source'),
    )
  })
  test('are allowed once the other failed without a list, was cancelled or signed out', () => {
    expect(given(...story.failed).when('signIn', {}, 'outlook')).toMatchObject({ ok: true })
    expect(given(...story.cancelled).when('signIn', {}, 'outlook')).toMatchObject({ ok: true })
    expect(given(...story.imported, fact.signedOut()).when('signIn', {}, 'outlook')).toMatchObject({
      ok: true,
    })
  })
  test('refuse even a restart if both are in use', () => {
    const both = [fact.requested('signIn', 'o1'), fact.granted('o1')].map((each) => ({ ...each, ...outlook }))
    for (const facts of [story.imported, story.capped, story.fetching]) {
      expect(given(...both, ...facts).when('restart')).toEqual(refused('other-microsoft-source'))
    }
  })
  test('do not affect google', () => {
    expect(given(...story.imported).when('signIn', {}, 'google')).toMatchObject({ ok: true })
  })
})

test('a store with events of a newer version refuses every command but a sign-out', () => {
  for (const type of ['signIn', 'restart', 'refresh', 'cancel', 'approveRemoval'] as const) {
    expect(given(...story.imported).when(type, { storeIsNewer: true })).toEqual(refused('store-is-newer'))
  }
})

describe('signOut', () => {
  const nothingLeft = { nothingLeft: true }
  test('is refused if no account is linked and nothing of an earlier one is left', () => {
    expect(given().when('signOut', nothingLeft)).toEqual(refused('nothing-linked'))
    expect(given(...story.imported, fact.signedOut()).when('signOut', nothingLeft)).toEqual(
      refused('nothing-linked'),
    )
  })
  test('is allowed if an earlier account has left something', () => {
    expect(given().when('signOut')).toMatchObject({ facts: [{ type: 'account.signed-out' }] })
  })
  test('is allowed in every other state, whatever is left', () => {
    for (const facts of Object.values(story)) {
      expect(given(...facts).when('signOut', nothingLeft)).toMatchObject({ ok: true })
    }
  })
  test('of a newer store is allowed in every state and records nothing, because keys and tokens are outside the store', () => {
    for (const facts of [[], ...Object.values(story)])
      expect(given(...facts).when('signOut', { ...nothingLeft, storeIsNewer: true })).toEqual({
        ok: true,
        facts: [],
      })
  })
})

test('signOut is allowed in every state while anything is left to remove', () => {
  for (const facts of [[], ...Object.values(story)]) {
    expect(given(...facts).when('signOut')).toMatchObject({ facts: [{ type: 'account.signed-out' }] })
  }
})

test('signOut is refused only if the source is idle and nothing is left', () => {
  expect(given().when('signOut', { nothingLeft: true })).toEqual(refused('nothing-linked'))
  expect(given(...story.imported, fact.signedOut()).when('signOut', { nothingLeft: true })).toEqual(
    refused('nothing-linked'),
  )
  for (const facts of Object.values(story)) {
    expect(given(...facts).when('signOut', { nothingLeft: true })).toMatchObject({ ok: true })
  }
})

test('allowedCommands gives null or the refusal of each command', () => {
  const { accounts } = given(...story.failed)
  const context = { runner: 'nobody', storeIsNewer: false, nothingLeft: false, key: 'ready' } as const
  expect(allowedCommands('microsoft365', accounts, context)).toEqual({
    signIn: 'restart-first',
    restart: null,
    refresh: 'nothing-to-refresh',
    cancel: 'nothing-running',
    approveRemoval: 'nothing-held',
    signOut: null,
  })
})
