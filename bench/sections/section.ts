import type { Table } from '../harness/report.ts'
import type { StartTask } from '../tasks.ts'

export interface Setting {
  readonly start: StartTask
  /** For the files of a run; removed afterwards. */
  readonly folder: string
  readonly contacts: number
  readonly rounds: number
  /** How many times slower the processor of a page is made, beside its own speed. */
  readonly slowdowns: readonly number[]
  /** Lengths of the logs that are replayed. */
  readonly events: readonly number[]
  /** Lengths of the histories from which a list is rebuilt, in complete listings. */
  readonly attempts: readonly number[]
  /** Number of cancels of each kind. */
  readonly cancels: number
}

/** A part of the benchmark. It yields each table as soon as it is measured. */
export type Section = (setting: Setting) => AsyncIterable<Table>
