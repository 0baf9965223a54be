import type { Command } from '../command.ts'
import { sandboxOptions, tenantOptions } from './options.ts'
import type { OptionName } from './options.ts'
import { UsageError } from './usage-error.ts'

const always: readonly OptionName[] = ['help', 'version', 'source']

/** Options that mean a tenant of one's own. */
const ownTenant: readonly OptionName[] = tenantOptions.filter((name) => name !== 'inspect')

const sandboxOnly: readonly OptionName[] = [...sandboxOptions, 'robot', 'interactive']

/** Do the options go with the command and with one another? Throws `UsageError` where not. */
export const checkOptions = (command: Command, given: readonly OptionName[]): void => {
  const stranger = given.find((name) => !command.options.includes(name) && !always.includes(name))
  if (stranger) throw new UsageError(`Option --${stranger} does not go with the command ${command.name}.`)

  const own = given.find((name) => ownTenant.includes(name))
  const pretended = given.find((name) => sandboxOnly.includes(name))
  if (own && pretended)
    throw new UsageError(`Option --${pretended} is for the sandbox tenant and does not go with --${own}.`)
  if (own && !given.includes('client-id') && !given.includes('token-file'))
    throw new UsageError(`With --${own}, say who asks: --client-id ID or --token-file FILE.`)
  if (given.includes('token-file') && given.includes('device-code'))
    throw new UsageError('Either you bring a token (--token-file) or you sign in (--device-code).')
  if (given.includes('interactive') && given.includes('robot'))
    throw new UsageError('Either you sign in (--interactive) or the robot does (--robot).')
}
