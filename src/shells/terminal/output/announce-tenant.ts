import type { Source } from '../../../index.ts'
import type { Output } from './output.ts'
import type { OpenedBook } from '../parts.ts'

/** Nobody shall take the sandbox for Microsoft, nor the robot for a person. */
export const announceTenant = (
  output: Output,
  { tenant, signsIn, book }: OpenedBook,
  sources: readonly Source[],
): void => {
  if (tenant !== 'sandbox') return
  output.note(
    'This is the sandbox tenant, not Microsoft: it runs on this machine, and its people are invented.',
    'warn',
  )
  const isAsking = book.accounts
    .get()
    .some(({ source, state }) => sources.includes(source) && state === 'consenting')
  if (isAsking && signsIn === 'robot')
    output.note('A robot person signs in and agrees. To do it yourself: --interactive')
}
