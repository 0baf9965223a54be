import type { Table } from '../harness/report.ts'
import type { StartTask } from '../tasks.ts'

export interface Setting {
  readonly start: StartTask
  /** For the files of a run; emptied afterwards. */
  readonly folder: string
  readonly contacts: number
  readonly rounds: number
  /** Lengths of the logs that are replayed. */
  readonly events: readonly number[]
  /** Lengths of the histories that a list is rebuilt from, in listings of all contacts. */
  readonly attempts: readonly number[]
  /** Of each kind. */
  readonly cancels: number
}

/** A part of the benchmark: gives each table as soon as it is measured. */
export type Section = (setting: Setting) => AsyncIterable<Table>
