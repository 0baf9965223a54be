import { RetryHandler, type Middleware } from '@microsoft/microsoft-graph-client'
import { createRequestGate, type RequestGate } from '../../src/adapters/http/request-gate.ts'
import { defaultLimits } from '../../src/adapters/http/limits.ts'
import { retry } from '../../src/adapters/http/retry/retry.ts'
import type { Timers } from '../../src/adapters/http/timers.ts'

/** What a device does after a 429: a middleware in front of its mailbox, created once for each device. */
export type Behaviour = (next: Middleware, timers: Timers) => Middleware

const onWaiting = () => undefined

/** The product's own code. */
export const ours: Behaviour = (next, timers) =>
  retry(next, {
    gate: createRequestGate(defaultLimits.inFlight, timers),
    limits: defaultLimits,
    timers,
    onWaiting,
  })

const openGate: RequestGate = { pausedUntil: 0, enter: async () => () => undefined, pause: () => undefined }

/** The same code without jitter, and without a gate that pauses the other requests of a mailbox. */
export const withoutJitterAndGate: Behaviour = (next, timers) =>
  retry(next, { gate: openGate, limits: defaultLimits, timers: { ...timers, random: () => 0 }, onWaiting })

/** The Graph SDK's own handler with its default options; only its sleep uses virtual time. */
export const graphSdk: Behaviour = (next, timers) => {
  const handler = new RetryHandler()
  const sleep = (seconds: number) => timers.wait(seconds * 1000, new AbortController().signal)
  Object.assign(handler, { sleep })
  handler.setNext(next)
  return handler
}

const AT_ONCE = 10

/** Retries immediately after a refusal, ten times, and ignores Retry-After. */
export const atOnce: Behaviour = (next) => ({
  execute: async (context) => {
    let retries = 0
    do await next.execute(context)
    while (context.response?.status === 429 && retries++ < AT_ONCE)
  },
})
