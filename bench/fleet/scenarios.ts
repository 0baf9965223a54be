import { refreshDelay } from '../../src/domain/refresh-delay.ts'
import { atOnce, graphSdk, ours, withoutJitterAndGate, type Behaviour } from './behaviours.ts'
import type { Fleet } from './simulate-fleet.ts'

export interface Scenario {
  readonly title: string
  readonly behaviour: Behaviour
  readonly startDelay: Fleet['startDelay']
}

const atNine = () => 0

export const scenarios = {
  'at-once': { title: 'asks again at once, ten times', behaviour: atOnce, startDelay: atNine },
  'graph-sdk': { title: 'Graph SDK, RetryHandler as it comes', behaviour: graphSdk, startDelay: atNine },
  plain: {
    title: 'device-contacts without jitter and gate',
    behaviour: withoutJitterAndGate,
    startDelay: atNine,
  },
  ours: { title: 'device-contacts', behaviour: ours, startDelay: atNine },
  spread: {
    title: 'device-contacts, refreshes put off by refreshDelay',
    behaviour: ours,
    startDelay: (random) => refreshDelay(random),
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

export interface Size {
  readonly devices: number
  readonly steps: readonly number[]
  /** Requests a second that the service answers. */
  readonly limit: number
}

/** A list of folders, and one batch that asks each for its changes. */
const BATCHED = [1, 1]
/** The same for seven folders without a batch. */
const SIDE_BY_SIDE = [1, 6]

/** What the picture shows. */
export const morning: Size = { devices: 100_000, steps: BATCHED, limit: 5_000 }

/** Other limits at a tenth of the size, where devices and limit are divided alike: the shares come out the same. */
export const tenths: readonly Size[] = [13_000, 2_000].map((limit) => ({
  devices: morning.devices / 10,
  steps: BATCHED,
  limit: limit / 10,
}))

export const sideBySide: Size = { devices: morning.devices / 10, steps: SIDE_BY_SIDE, limit: 1_300 }

export const fleetOf = (name: ScenarioName, { devices, steps, limit }: Size): Fleet => ({
  devices,
  steps,
  service: { limit, window: 1_000, perMailbox: 4, latency: [100, 200] },
  behaviour: scenarios[name].behaviour,
  startDelay: scenarios[name].startDelay,
  seed: 42,
})
