import type { CommandType } from '../../../index.ts'

/** What the commands of the book are called on the command line. */
export const commandNames: Readonly<Record<CommandType, string>> = {
  signIn: 'import',
  restart: 'restart',
  refresh: 'refresh',
  cancel: 'cancel',
  approveRemoval: 'approve',
  signOut: 'sign-out',
}
