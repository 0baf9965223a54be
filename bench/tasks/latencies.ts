import { percentile } from '../harness/percentile.ts'

/** The median, the 99th percentile and the maximum of measured waits. */
export const latencies = (measured: readonly number[]) => ({
  times: measured.length,
  p50: percentile(measured, 0.5),
  p99: percentile(measured, 0.99),
  longest: Math.max(...measured),
})
