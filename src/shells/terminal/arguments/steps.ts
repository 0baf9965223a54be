import type { CommandType, Source } from '../../../index.ts'
import type { Steps } from '../../../messages.ts'
import { commandNames } from './command-names.ts'
import type { OpenedBook } from '../parts.ts'

/** Quotes a word for a shell (POSIX; simple words need no quotes on any system). */
const quoted = (word: string): string =>
  /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** A command line to copy and run. */
export const commandLine = (program: string, command: string, options: readonly string[] = []): string =>
  [program, command, ...options.map(quoted)].join(' ')

/** The next steps as commands for the same contacts and tenant. */
export const terminalSteps = (
  program: string,
  { store, tenant }: OpenedBook['again'],
  source: Source = 'microsoft365',
): Steps => {
  if (source === 'outlook') return outlookSteps(program, store)
  // The client of Google is remembered. Every step names the source.
  return source === 'google'
    ? tenantSteps(program, { store: ['--source', 'google', ...store], tenant: [] })
    : tenantSteps(program, { store, tenant })
}

/** A refresh knows the file; the others may be for another one. */
const outlookSteps = (program: string, store: readonly string[]): Steps => {
  const step = (command: CommandType, options: readonly string[] = []) =>
    `use "${commandLine(program, commandNames[command], ['--source', 'outlook', ...options, ...store])}"`
  return {
    signIn: step('signIn', ['--file', 'FILE']),
    restart: step('restart', ['--file', 'FILE']),
    refresh: step('refresh'),
    cancel: step('cancel'),
    approveRemoval: step('approveRemoval'),
    signOut: step('signOut'),
  }
}

const tenantSteps = (program: string, { store, tenant }: OpenedBook['again']): Steps => {
  const step = (command: CommandType, options: readonly string[]) =>
    `use "${commandLine(program, commandNames[command], options)}"`
  const withCode = [...tenant.filter((option) => option !== '--device-code'), '--device-code', ...store]
  return {
    // A sign-in with a code needs the person's own tenant.
    ...(tenant.includes('--client-id') && { restartWithCode: step('restart', withCode) }),
    signIn: step('signIn', [...tenant, ...store]),
    restart: step('restart', [...tenant, ...store]),
    refresh: step('refresh', [...tenant, ...store]),
    cancel: step('cancel', store),
    approveRemoval: step('approveRemoval', store),
    signOut: step('signOut', store),
  }
}
