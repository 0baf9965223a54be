import type { FleetOutcome } from './simulate-fleet.ts'

export interface Summary {
  readonly sent: number
  readonly refused: number
  /** Most requests in a second. */
  readonly peak: number
  /** Devices whose refresh failed. */
  readonly failed: number
  /** Seconds after nine until 50 % of all devices had refreshed; null if they never did. `most`: 99 %. */
  readonly half: number | null
  readonly most: number | null
  readonly all: number | null
}

export const summary = ({ sent, refused, finished, failed }: FleetOutcome): Summary => {
  const devices = finished.length + failed
  const until = (share: number): number | null => {
    const moment = finished[Math.ceil(share * devices) - 1]
    return moment === undefined ? null : moment / 1000
  }
  return {
    sent: total(sent),
    refused: total(refused),
    peak: sent.reduce((most, count) => Math.max(most, count), 0),
    failed,
    half: until(0.5),
    most: until(0.99),
    all: until(1),
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
