import type { Source } from '../../../index.ts'
import type { Output } from './output.ts'
import type { OpenedBook } from '../parts.ts'

/** Says that the sandbox is not Microsoft, and that a robot signs in. */
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
    output.note('A robot person signs in and accepts. To do it yourself, use --interactive.')
}
