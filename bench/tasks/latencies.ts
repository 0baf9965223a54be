import { percentile } from '../harness/percentile.ts'

/** What a person feels of many waits: the ordinary one, the worst but one in a hundred, the worst. */
export const latencies = (measured: readonly number[]) => ({
  times: measured.length,
  p50: percentile(measured, 0.5),
  p99: percentile(measured, 0.99),
  longest: Math.max(...measured),
})
