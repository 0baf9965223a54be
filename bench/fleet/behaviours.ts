import { RetryHandler, type Middleware } from '@microsoft/microsoft-graph-client'
import { createRequestGate, type RequestGate } from '../../src/adapters/http/request-gate.ts'
import { defaultLimits } from '../../src/adapters/http/limits.ts'
import { retry } from '../../src/adapters/http/retry.ts'
import type { Timers } from '../../src/adapters/http/timers.ts'

/** How a device goes on after a 429: made once for each device, around its way into the mailbox. */
export type Behaviour = (next: Middleware, timers: Timers) => Middleware

const onWaiting = () => undefined

/** What the product does, by the product's own code. */
export const ours: Behaviour = (next, timers) =>
  retry(next, {
    gate: createRequestGate(defaultLimits.inFlight, timers),
    limits: defaultLimits,
    timers,
    onWaiting,
  })

const openGate: RequestGate = { pausedUntil: 0, enter: async () => () => undefined, pause: () => undefined }

/** The same code without its jitter, and with nothing that holds a mailbox's other requests. */
export const withoutJitterAndGate: Behaviour = (next, timers) =>
  retry(next, { gate: openGate, limits: defaultLimits, timers: { ...timers, random: () => 0 }, onWaiting })

/** The Graph SDK's own handler as it comes; only its sleep is that of virtual time. */
export const graphSdk: Behaviour = (next, timers) => {
  const handler = new RetryHandler()
  const sleep = (seconds: number) => timers.wait(seconds * 1000, new AbortController().signal)
  Object.assign(handler, { sleep })
  handler.setNext(next)
  return handler
}

const AT_ONCE = 10

/** Asks again as soon as it is refused, whatever it is told, ten times. */
export const atOnce: Behaviour = (next) => ({
  execute: async (context) => {
    let retries = 0
    do await next.execute(context)
    while (context.response?.status === 429 && retries++ < AT_ONCE)
  },
})
