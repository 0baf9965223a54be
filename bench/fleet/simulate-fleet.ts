import { generateMersenne32Randomizer } from '@faker-js/faker'
import type { Middleware } from '@microsoft/microsoft-graph-client'
import type { Behaviour } from './behaviours.ts'
import { throttledService, type Exchange, type ServiceRules } from './service.ts'
import { virtualTime } from './virtual-time.ts'

export interface Fleet {
  readonly devices: number
  /** Number of parallel requests in each step of a refresh. A step begins when the one before is answered. */
  readonly steps: readonly number[]
  /** Devices, spread evenly among all, whose refresh has other steps. */
  readonly complete?: { readonly devices: number; readonly steps: readonly number[] }
  readonly service: ServiceRules
  readonly behaviour: Behaviour
  /** Milliseconds after nine at which a device begins, computed from a random number in [0, 1). */
  readonly startDelay: (random: number) => number
  readonly seed: number
  readonly onExchange?: (exchange: Exchange) => void
}

export interface FleetOutcome {
  /** Requests in each second after nine. */
  readonly sent: readonly number[]
  /** Requests in each second that got a 429. */
  readonly refused: readonly number[]
  /** The end of each refresh that succeeded, in milliseconds after nine, in order. */
  readonly finished: readonly number[]
  /** Devices whose refresh failed. */
  readonly failed: number
}

const NINE = Date.UTC(2026, 10, 24, 9)
const address = 'https://graph.microsoft.com/v1.0/me/contactFolders'

export const simulateFleet = async (fleet: Fleet): Promise<FleetOutcome> => {
  const dice = generateMersenne32Randomizer()
  dice.seed(fleet.seed)
  const time = virtualTime(NINE, () => dice.next())
  const sent: number[] = []
  const refused: number[] = []
  const finished: number[] = []
  let failed = 0

  const into = throttledService(fleet.service, time, (exchange) => {
    const second = Math.floor(exchange.sent / 1000)
    sent[second] = (sent[second] ?? 0) + 1
    if (exchange.retryAfter !== null) refused[second] = (refused[second] ?? 0) + 1
    fleet.onExchange?.(exchange)
  })

  for (let device = 0; device < fleet.devices; device++) {
    const mailbox = fleet.behaviour(into(device), time.timers)
    time.after(fleet.startDelay(dice.next()), () => {
      refresh(mailbox, stepsOf(fleet, device)).then(
        () => finished.push(time.elapsed()),
        () => failed++,
      )
    })
  }
  await time.run()
  const eachSecond = (counts: readonly number[]) =>
    Array.from({ length: sent.length }, (_, second) => counts[second] ?? 0)
  return { sent: eachSecond(sent), refused: eachSecond(refused), finished, failed }
}

const stepsOf = ({ devices, steps, complete }: Fleet, device: number): readonly number[] => {
  if (complete === undefined) return steps
  const before = (place: number) => Math.floor((place * complete.devices) / devices)
  return before(device + 1) > before(device) ? complete.steps : steps
}

/** Like an attempt, it ends with the first request that fails, and aborts the others. */
const refresh = async (mailbox: Middleware, steps: readonly number[]) => {
  const over = new AbortController()
  const ask = async () => {
    const context = { request: address, options: { method: 'GET', headers: {}, signal: over.signal } }
    await mailbox.execute(context)
    const { response } = context as { response?: Response }
    if (response?.ok !== true) throw new Error('refused for good')
  }
  try {
    for (const width of steps) await Promise.all(Array.from({ length: width }, ask))
  } catch (error) {
    over.abort(error)
    throw error
  }
}
