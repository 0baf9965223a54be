import { refreshDelay } from '../../src/domain/schedule/refresh-delay.ts'
import { afterRollOut, onOrdinaryMorning } from './due-mornings.ts'
import { atOnce, graphSdk, ours, withoutJitterAndGate, type Behaviour } from './behaviours.ts'
import type { Fleet } from './simulate-fleet.ts'

export interface Scenario {
  readonly title: string
  readonly behaviour: Behaviour
  readonly startDelay: Fleet['startDelay']
}

const atNine = () => 0

export const scenarios = {
  'at-once': { title: 'retries immediately, ten times', behaviour: atOnce, startDelay: atNine },
  'graph-sdk': { title: 'Graph SDK, default RetryHandler', behaviour: graphSdk, startDelay: atNine },
  plain: {
    title: 'device-contacts without jitter and gate',
    behaviour: withoutJitterAndGate,
    startDelay: atNine,
  },
  ours: { title: 'device-contacts', behaviour: ours, startDelay: atNine },
  spread: {
    title: 'device-contacts, start spread by refreshDelay',
    behaviour: ours,
    startDelay: (random) => refreshDelay(random),
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

export interface Size {
  readonly devices: number
  readonly steps: readonly number[]
  readonly complete?: NonNullable<Fleet['complete']>
  /** Requests a second that the service answers. */
  readonly limit: number
}

/** One batch that requests the changes of each folder, and the folders. */
const CHANGES = [1]
/**
 * All 1,240 contacts of the sandbox's mailbox, if they are in one folder: the folders, the count and the delta link;
 * two pages; three batches for 38 long notes; and the changes during the listing.
 */
const COMPLETE = [3, 2, 1, 1, 1, 1]
/** Several requests of a mailbox in flight. */
const SIDE_BY_SIDE = [1, 6]

/** The fleet in the picture. */
export const morning: Size = { devices: 100_000, steps: CHANGES, limit: 5_000 }

/** Other limits, with a tenth of the devices and of the limit: the shares stay the same. */
export const tenths: readonly Size[] = [2_000, 1_000, 500].map((limit) => ({
  devices: morning.devices / 10,
  steps: CHANGES,
  limit: limit / 10,
}))

export const sideBySide: Size = { devices: morning.devices / 10, steps: SIDE_BY_SIDE, limit: 1_300 }

/** Devices that are due on each morning after a roll-out. */
export const rollOut = afterRollOut(morning.devices, 57)

/** Mornings on which some devices list completely: an ordinary one, the worst week after a roll-out, and all at once. */
export const listings: readonly Size[] = [
  onOrdinaryMorning(morning.devices),
  Math.max(...rollOut.slice(0, 14)),
  morning.devices,
].map((devices) => ({ ...morning, complete: { devices, steps: COMPLETE } }))

export const fleetOf = (name: ScenarioName, { limit, ...requests }: Size): Fleet => ({
  ...requests,
  service: { limit, window: 1_000, perMailbox: 4, latency: [100, 200] },
  behaviour: scenarios[name].behaviour,
  startDelay: scenarios[name].startDelay,
  seed: 42,
})
