import type { RefusalCode, Source, StartingCommand } from '../../index.ts'
import type { OpenedBook } from './parts.ts'
import { UsageError } from './arguments/usage-error.ts'

/**
 * Where nobody was named to be asked for contacts: why the command may not be anyhow. Null where somebody
 * was. Throws `UsageError` where nothing else stands in the way.
 */
export const refusalWithoutTenant = (
  { book, tenant }: OpenedBook,
  source: Source,
  command: StartingCommand,
): RefusalCode | null => {
  if (tenant !== null) return null
  const account = book.accounts.get().find((account) => account.source === source)
  const refusal = account?.commands[command] ?? null
  if (refusal === null)
    throw new UsageError('Say whose contacts these are: --client-id ID, or --token-file FILE.')
  return refusal
}
