import type { RefusalCode, Source, StartingCommand } from '../../index.ts'
import type { OpenedBook } from './parts.ts'
import { UsageError } from './arguments/usage-error.ts'

/**
 * Why the command would be refused even if a tenant were named; null if one is named. Throws `UsageError` if
 * only the tenant is missing.
 */
export const refusalWithoutTenant = (
  { book, hasTenant }: OpenedBook,
  source: Source,
  command: StartingCommand,
): RefusalCode | null => {
  // A file needs no sign-in.
  if (source === 'outlook' || hasTenant(source)) return null
  const account = book.accounts.get().find((account) => account.source === source)
  const refusal = account?.commands[command] ?? null
  if (refusal === null)
    throw new UsageError('This command has to know how to sign in: add --client-id ID or --token-file FILE.')
  return refusal
}
