import type { CommandType } from '../../../index.ts'

/** The commands of the book by their names on the command line. */
export const commandNames: Readonly<Record<CommandType, string>> = {
  signIn: 'import',
  restart: 'restart',
  refresh: 'refresh',
  cancel: 'cancel',
  approveRemoval: 'approve',
  signOut: 'sign-out',
}
