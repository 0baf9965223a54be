import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { sqliteDrivers } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'

/** The machine and its load. Times mean nothing without them. */
export const machine = () => ({
  node: process.version,
  sqlite: sqliteDrivers[0],
  platform: `${process.platform} ${process.arch}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  /** Average number of processes in the last minute that used or waited for a core. */
  load: loadavg()[0] ?? 0,
})
