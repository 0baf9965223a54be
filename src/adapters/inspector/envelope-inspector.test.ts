import { assign, createActor, createMachine, fromPromise } from 'xstate'
import { describe, expect, it } from 'vitest'
import { linkedAccount } from '../../machines/linked-account.ts'
import type { AccountEvent } from '../../machines/linked-account.ts'
import { envelopeInspector } from './envelope-inspector.ts'
import type { InspectedEnvelope } from './envelope-inspector.ts'
import { redactedStates } from './redacted-snapshot.ts'

const attempt = 'c20ec4d1-67b5-4557-a638-29492ef63e96'
const time = '2026-01-01T00:00:00.000Z'

/** Everything that must not leave, wherever it is put. */
const secret = 'Ada Lovelace <ada@example.test> eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.'

const watch = () => {
  const seen: InspectedEnvelope[] = []
  return { seen, inspect: envelopeInspector((envelope) => seen.push(envelope)) }
}

describe('the inspector of envelopes', () => {
  it('shows events with their numbers and codes, the states, and the transitions taken', () => {
    const { seen, inspect } = watch()
    const actor = createActor(linkedAccount, { id: 'microsoft365', inspect }).start()
    actor.send({ type: 'attempt.requested', attempt, time, data: { by: 'signIn', number: 1 } })
    const event = { type: 'attempt.requested', attempt, time, data: { by: 'signIn', number: 1 } }
    expect(seen).toContainEqual({ type: '@xstate.event', actor: 'microsoft365', event })
    expect(seen).toContainEqual({
      type: '@xstate.microstep',
      actor: 'microsoft365',
      took: ['idle > consenting'],
    })
    expect(seen.at(-1)).toMatchObject({
      type: '@xstate.snapshot',
      event,
      snapshot: { status: 'active', value: 'consenting', context: { attempt: { id: attempt, number: 1 } } },
    })
  })

  it('shows the whole context of a linked account: it holds no personal data', () => {
    const { seen, inspect } = watch()
    const actor = createActor(linkedAccount, { id: 'microsoft365', inspect }).start()
    const accountKey = 'A'.repeat(43)
    actor.send({ type: 'attempt.requested', attempt, time, data: { by: 'signIn', number: 1 } })
    actor.send({ type: 'consent.granted', attempt, time, data: { accountKey } })
    actor.send({
      type: 'page.fetched',
      attempt,
      time,
      data: { page: 1, contacts: 3, skipped: { 'no-id': 1 } },
    })
    const failure = {
      code: 'throttled',
      requestId: attempt,
      serviceCode: 'TooManyRequests',
      status: 429,
    } as const
    actor.send({ type: 'attempt.failed', attempt, time, data: { ...failure, retryAt: time } })
    expect(seen.at(-1)?.snapshot?.context).toEqual(actor.getSnapshot().context)
  })

  it('hides a secret wherever it is put into an event', () => {
    const { seen, inspect } = watch()
    const actor = createActor(linkedAccount, { id: secret, inspect }).start()
    const hostile = {
      type: 'attempt.requested',
      attempt: secret,
      time: secret,
      payload: { contacts: [{ name: secret }] },
      account: secret,
      data: {
        by: 'signIn',
        number: secret,
        accountKey: secret,
        contacts: [secret],
        [secret]: 1,
        code: secret,
      },
    }
    actor.send(hostile as unknown as AccountEvent)
    expect(actor.getSnapshot().value).toBe('consenting')
    expect(seen.length).toBeGreaterThan(3)
    expect(JSON.stringify(seen)).not.toMatch(/ada|lovelace|eyJ/i)
  })

  it('hides the input, output, error and context of every actor', async () => {
    const { seen, inspect } = watch()
    const machine = createMachine({
      types: {} as { context: { attempt: string | null } },
      id: 'other',
      initial: 'elsewhere',
      context: { attempt: null },
      states: {
        elsewhere: {
          invoke: {
            src: fromPromise(async () => ({ output: secret })),
            input: { token: secret },
            onDone: { actions: assign(() => ({ attempt: secret })) },
          },
        },
      },
    })
    const actor = createActor(machine, { inspect }).start()
    const done = new Promise<void>((resolve) => {
      actor.subscribe(({ context }) => {
        if (context.attempt !== null) resolve()
      })
    })
    await done
    expect(seen.some(({ snapshot }) => snapshot?.status === 'done')).toBe(true)
    expect(seen.some(({ event }) => event?.type === '(other)')).toBe(true)
    expect(JSON.stringify(seen)).not.toMatch(/ada|eyJ/i)
  })

  it('never stops a machine, even if the sink or an event throws', () => {
    const inspect = envelopeInspector(() => {
      throw new Error('the log is full')
    })
    const actor = createActor(linkedAccount, { inspect }).start()
    const booby = Object.defineProperty({ type: 'consent.granted' }, 'data', {
      get: () => {
        throw new Error('boom')
      },
    })
    inspect({ type: '@xstate.event', actorRef: actor, rootId: 'x:0', sourceRef: undefined, event: booby })
    actor.send({ type: 'attempt.requested', attempt, time, data: { by: 'signIn', number: 1 } })
    expect(actor.getSnapshot()).toMatchObject({ status: 'active', value: 'consenting' })
  })

  it('knows every state that the machine has', () => {
    expect([...redactedStates].toSorted()).toEqual(Object.keys(linkedAccount.states).toSorted())
  })
})
