import type { FaultCase } from './fault-case.ts'
import type { UnderFault } from './import-under-fault.ts'

/** Seconds within which a cancel must end the import. */
const CANCEL = 1

/** Whether an import had the right outcome despite a fault. An import that met no fault has survived nothing. */
export const isRight = (
  { right, mostMemory = Infinity }: Pick<FaultCase, 'right' | 'mostMemory'>,
  { end, lost, doubled, stale, wasTokenSent, wasMet, secondsToCancel, peakMemory = 0 }: UnderFault,
): boolean => {
  if (wasTokenSent || !wasMet || peakMemory > mostMemory) return false
  const isList = end === 'list' && lost + doubled + stale === 0
  switch (right) {
    case 'list':
      return isList
    case 'failure':
      return isList || end === 'failure'
    case 'cancel':
      return end === 'failure' && secondsToCancel !== null && secondsToCancel <= CANCEL
  }
}
