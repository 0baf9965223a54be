import { contenderNames } from '../contenders/contenders.ts'
import type { ContenderName } from '../contenders/contenders.ts'
import type { StartTask } from '../../tasks.ts'
import { faultCases } from './fault-cases.ts'
import type { FaultRow } from './fault-table.ts'
import type { UnderFault } from './import-under-fault.ts'

export interface FaultSetting {
  readonly start: StartTask
  readonly contacts: number
  /** Milliseconds for one import. */
  readonly limit: number
  /** Names of cases; empty: all. */
  readonly only: readonly string[]
}

/** Runs each client under each fault, each time in a new process. */
export async function* runFaults({ start, contacts, limit, only }: FaultSetting): AsyncGenerator<FaultRow> {
  for (const fault of faultCases) {
    if (only.length > 0 && !only.includes(fault.name)) continue
    const runs: Partial<Record<ContenderName, UnderFault>> = {}
    for (const contender of contenderNames) {
      const run = await start('import-under-fault', { contender, fault: fault.name, contacts, limit })
      await run.stop()
      runs[contender] = { ...run.output, peakMemory: run.peakMemory }
    }
    const { name, right, met, mostMemory } = fault
    yield { fault: { name, right, ...(met && { met }), ...(mostMemory && { mostMemory }) }, runs }
  }
}
