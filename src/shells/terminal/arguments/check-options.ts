import type { Command } from '../command.ts'
import { sandboxOptions, tenantOptions } from './options.ts'
import type { OptionName } from './options.ts'
import { UsageError } from './usage-error.ts'

const always: readonly OptionName[] = ['help', 'version', 'source']

/** Options that name the person's own tenant. */
const ownTenant: readonly OptionName[] = tenantOptions.filter((name) => name !== 'inspect')

const sandboxOnly: readonly OptionName[] = [...sandboxOptions, 'robot', 'interactive']

/** Checks that the options fit the command and each other. Throws `UsageError` if they do not. */
export const checkOptions = (command: Command, given: readonly OptionName[]): void => {
  const stranger = given.find((name) => !command.options.includes(name) && !always.includes(name))
  if (stranger) throw new UsageError(`Option --${stranger} cannot be used with the command ${command.name}.`)

  const own = given.find((name) => ownTenant.includes(name))
  const simulated = given.find((name) => sandboxOnly.includes(name))
  if (own && simulated)
    throw new UsageError(`Option --${simulated} is for the sandbox tenant and cannot be used with --${own}.`)
  if (own && !given.includes('client-id') && !given.includes('token-file'))
    throw new UsageError(`Option --${own} also needs --client-id ID or --token-file FILE.`)
  if (given.includes('token-file') && given.includes('device-code'))
    throw new UsageError('Use either --token-file or --device-code, not both.')
  if (given.includes('interactive') && given.includes('robot'))
    throw new UsageError('Use either --interactive or --robot, not both.')
}
