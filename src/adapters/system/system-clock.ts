import type { Clock } from '../../ports/clock.ts'

/** The time of this machine, and random ids. */
export const systemClock: Clock = {
  now: () => new Date(),
  newId: () => crypto.randomUUID(),
}
