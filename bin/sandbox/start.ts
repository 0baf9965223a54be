import type { Fault, RememberedMailbox, Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import { UsageError } from '../../src/shells/terminal/arguments/usage-error.ts'
import { refusePort } from '../web/refuse-port.ts'
import type { SandboxChoices } from './options.ts'

/** The same in each process that starts the sandbox for the same contacts. */
export interface LastingTenant {
  readonly remembered: RememberedMailbox
  /** The origin of Graph's links. */
  readonly linkOrigin: string
}

/** Starts the sandbox tenant on this machine. Throws `UsageError` for wrong settings, or if the sandbox is not installed. */
export const startSandboxTenant = async (
  choices: SandboxChoices,
  lasting?: LastingTenant,
): Promise<Sandbox> => {
  const { startSandbox } = await theSandbox()
  try {
    return await startSandbox({ ...optionsOf(choices), ...lasting })
  } catch (error) {
    if (isBadChoice(error)) throw new UsageError(`The sandbox cannot simulate this fault: ${error.message}.`)
    return refusePort(error)
  }
}

/** The sandbox and its packages are part of the repository, not of the published package. */
const theSandbox = async () => {
  try {
    return await import('../../sandbox/index.ts')
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new UsageError(
      'The sandbox tenant is not part of this installation. To use your own tenant, add --client-id ID or --token-file FILE.',
    )
  }
}

const optionsOf = ({
  contacts,
  seed,
  latency,
  faults,
  port,
  spaRedirects,
}: SandboxChoices): Partial<SandboxOptions> => ({
  ...(contacts !== undefined && { contacts }),
  ...(seed !== undefined && { seed }),
  ...(latency !== undefined && { latency }),
  ...(port !== undefined && { port }),
  spaRedirects: [...spaRedirects],
  // Checked by `startSandbox`.
  faults: faults as Fault[],
})

const isBadChoice = (error: unknown): error is Error => error instanceof Error && error.name === 'ValiError'
