import type { Source } from '../../../index.ts'
import type { Situation } from '../../../messages.ts'
import type { CommandContext } from '../command.ts'
import type { OpenedBook } from '../parts.ts'
import { terminalSteps } from '../arguments/steps.ts'

/** The situation of a source now, for the messages. */
export const situationOf = (
  { program }: Pick<CommandContext, 'program'>,
  { book, again, signsIn }: OpenedBook,
  source: Source,
): Situation => {
  const account = book.accounts.get().find((account) => account.source === source)
  return {
    source,
    steps: terminalSteps(program, again, source),
    onDevice: account?.list?.count ?? 0,
    ...(account?.list && { updatedAt: account.list.completedAt }),
    held: account?.held ?? null,
    ...(account?.attempt?.by === 'refresh' && {
      refresh: { isAllowed: account.commands.refresh === null },
    }),
    hasSignedIn: account !== undefined && (account.counts.expected !== null || account.counts.pages > 0),
    accessTokenFile: signsIn === 'nobody',
  }
}
