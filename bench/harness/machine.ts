import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { sqliteDrivers } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'

/** Where numbers come from: they mean nothing without it. */
export const machine = () => ({
  node: process.version,
  sqlite: sqliteDrivers[0],
  platform: `${process.platform} ${process.arch}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  /** Processes that wanted a core in the last minute, on average: beyond ours, others are at work as well. */
  load: loadavg()[0] ?? 0,
})
