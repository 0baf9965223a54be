import { describe, expect, it } from 'vitest'
import { linkedAccount } from '../../machines/linked-account.ts'
import { redactedDefinition } from './redacted-definition.ts'
import { statelyMessage } from './stately-message.ts'
import * as v from 'valibot'

const secret = 'ada@example.test eyJhbGciOiJub25lIn0'
const attempt = 'c20ec4d1-67b5-4557-a638-29492ef63e96'
const stamped = { sessionId: 'x:0', rootId: 'x:0', id: null, createdAt: '1795490599665', _version: '0.7.2' }

const definition = JSON.stringify(linkedAccount.config)
const messages = {
  actor: {
    ...stamped,
    type: '@xstate.actor',
    name: 'microsoft365',
    definition: v.parse(redactedDefinition, definition),
    snapshot: { status: 'active', value: 'idle', context: { attempt: null, list: null } },
  },
  event: {
    ...stamped,
    type: '@xstate.event',
    event: {
      type: 'attempt.failed',
      attempt,
      time: '2026-01-01T00:00:00.000Z',
      data: { code: 'throttled', status: 429, serviceCode: 'TooManyRequests', requestId: attempt },
    },
  },
  snapshot: {
    ...stamped,
    type: '@xstate.snapshot',
    event: { type: 'xstate.init' },
    snapshot: { status: 'active', value: 'fetching', context: { counts: { pages: 1, contacts: 3 } } },
  },
}

describe('a message to the inspector', () => {
  it.each(Object.entries(messages))('keeps every field on the allow-list (%s)', (_, message) => {
    expect(statelyMessage(message)).toEqual(message)
  })

  it.each(Object.entries(messages))('does not change when it passes a second time (%s)', (_, message) => {
    const once = statelyMessage({ ...message, [secret]: secret, name: 'microsoft365' })
    expect(statelyMessage(once)).toEqual(once)
    expect(statelyMessage(JSON.parse(JSON.stringify(once)))).toEqual(JSON.parse(JSON.stringify(once)))
  })

  it('carries the chart with its targets, guards and tasks, and without its context', () => {
    const shown = JSON.parse(v.parse(redactedDefinition, definition)) as typeof linkedAccount.config
    expect(JSON.parse(definition)).toMatchObject(shown)
    expect(shown).not.toHaveProperty('context')
    // The description is a text, and the allow-list has no texts.
    const { on } = linkedAccount.config.states?.imported ?? {}
    expect(shown.states?.imported).toEqual({ on })
    expect(shown.states?.fetching?.meta).toEqual({ task: 'fetch' })
  })

  it('leaves out everything else, wherever it is', () => {
    const filled = (value: object): object =>
      Object.fromEntries([
        ...Object.entries(value).map(([key, old]: [string, unknown]) => [
          key,
          typeof old === 'object' && old !== null
            ? filled(old)
            : ['type', 'sessionId'].includes(key)
              ? old
              : secret,
        ]),
        ['input', secret],
        ['output', { secret }],
        ['error', new Error(secret)],
        ['children', { a: { secret } }],
        ['payload', { contacts: [secret] }],
      ]) as object
    for (const message of Object.values(messages)) {
      const shown = statelyMessage(filled(message))
      expect(shown).not.toBeNull()
      expect(JSON.stringify(shown)).not.toMatch(/ada|eyJ|payload|input|output|error|children/)
    }
  })

  it.each([null, undefined, 'text', 7, [], {}, { type: '@xstate.other', sessionId: 'x:0' }])(
    'is none where it is of no known kind (%j)',
    (raw) => {
      expect(statelyMessage(raw)).toBeNull()
    },
  )

  it('never throws', () => {
    const booby = new Proxy(
      {},
      {
        get: () => {
          throw new Error('boom')
        },
      },
    )
    expect(statelyMessage(booby)).toBeNull()
    for (const text of ['', '{', '[]', 'null', '"text"', '{"states":{"a":7}}']) {
      expect(statelyMessage({ ...messages.actor, definition: text })).not.toBeNull()
    }
  })
})
