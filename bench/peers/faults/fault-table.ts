import { grid } from '../../harness/grid.ts'
import type { ContenderName } from '../contenders/contenders.ts'
import type { FaultCase } from './fault-case.ts'
import type { UnderFault } from './import-under-fault.ts'
import { isRight } from './is-right.ts'

export interface FaultRow {
  readonly fault: Pick<FaultCase, 'name' | 'right' | 'met' | 'mostMemory'>
  readonly runs: Readonly<Partial<Record<ContenderName, UnderFault>>>
}

/** As much of an error as a table has room for. */
const WORDS = 60

/** The table of who survived what of the things that they met, as Markdown. */
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
  if (!run.wasMet) return `– ${fault.met?.otherwise ?? 'never asked for a second page'}`
  const mark = isRight(fault, run) ? '✓' : '✗'
  const memory = fault.mostMemory === undefined ? [] : [`${Math.round(run.peakMemory ?? 0)} MB`]
  const told = [story(run), ...memory, ...(run.wasTokenSent ? ['token sent there'] : [])]
  return `${mark} ${told.join('; ')}`
}

const story = (run: UnderFault): string => {
  const { end, how, seconds, secondsToCancel, contacts } = run
  const time = secondsToCancel === null ? inSeconds(seconds) : `${inSeconds(secondsToCancel)} after it`
  switch (end) {
    case 'list':
      return [...deviations(run), time].join(', ')
    case 'failure':
      return `${time}: ${shortened(how ?? '')}`
    case 'unfinished':
      return `without end, ${contacts.toLocaleString('en')} contacts by ${inSeconds(seconds)}`
  }
}

const deviations = (run: UnderFault): readonly string[] =>
  (['lost', 'doubled', 'stale'] as const)
    .filter((kind) => run[kind] > 0)
    .map((kind) => `**${run[kind].toLocaleString('en')} ${kind}**`)

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`

const shortened = (text: string): string => {
  const plain = text.replaceAll('|', '/').replaceAll(/\s+/g, ' ')
  return plain.length > WORDS ? `${plain.slice(0, WORDS - 1)}…` : plain
}
