import { grid } from '../../harness/grid.ts'
import type { ContenderName } from '../contenders/contenders.ts'
import type { FaultCase } from './fault-case.ts'
import type { UnderFault } from './import-under-fault.ts'
import { isRight } from './is-right.ts'

export interface FaultRow {
  readonly fault: Pick<FaultCase, 'name' | 'right' | 'met' | 'mostMemory'>
  readonly runs: Readonly<Partial<Record<ContenderName, UnderFault>>>
}

/** Characters of an error message that fit into a cell. */
const MESSAGE_LENGTH = 60

/** The outcome of each fault for each client, as Markdown. A client that never met a fault is not counted for it. */
export const faultTable = (rows: readonly FaultRow[], names: readonly ContenderName[]): string => {
  const survived = names.map((name) => {
    const met = rows.filter(({ runs }) => runs[name]?.wasMet)
    const count = met.filter(({ fault, runs }) => runs[name] && isRight(fault, runs[name])).length
    return `${count} of ${met.length}`
  })
  const body = rows.map(({ fault, runs }) => [
    fault.name,
    ...names.map((name) => (runs[name] ? cell(fault, runs[name]) : '')),
  ])
  return grid(['', ...names], [...body, ['**survived**', ...survived]], 'left')
}

const cell = (fault: FaultRow['fault'], run: UnderFault): string => {
  if (!run.wasMet) return `– ${fault.met?.otherwise ?? 'never requests a second page'}`
  const mark = isRight(fault, run) ? '✓' : '✗'
  const memory = fault.mostMemory === undefined ? [] : [`${Math.round(run.peakMemory ?? 0)} MB`]
  const told = [story(run), ...memory, ...(run.wasTokenSent ? ['token sent there'] : [])]
  return `${mark} ${told.join('; ')}`
}

const story = (run: UnderFault): string => {
  const { end, how, seconds, secondsToCancel, contacts } = run
  const time =
    secondsToCancel === null ? inSeconds(seconds) : `${inSeconds(secondsToCancel)} after the cancel`
  switch (end) {
    case 'list':
      return [...deviations(run), time].join(', ')
    case 'failure':
      return `${time}: ${shortened(how ?? '')}`
    case 'unfinished':
      return `not finished, ${contacts.toLocaleString('en')} contacts after ${inSeconds(seconds)}`
  }
}

const deviations = ({ lost, doubled, stale }: UnderFault): readonly string[] =>
  Object.entries({ lost, duplicated: doubled, stale })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `**${count.toLocaleString('en')} ${kind}**`)

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`

const shortened = (text: string): string => {
  const plain = text.replaceAll('|', '/').replaceAll(/\s+/g, ' ')
  return plain.length > MESSAGE_LENGTH ? `${plain.slice(0, MESSAGE_LENGTH - 1)}…` : plain
}
