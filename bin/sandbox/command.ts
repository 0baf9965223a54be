import { commandLine } from '../../src/shells/terminal/arguments/steps.ts'
import type { Command } from '../../src/shells/terminal/command.ts'
import { sandboxChoices } from './options.ts'
import { startSandboxTenant } from './start.ts'
import { unbroken } from '../../src/shells/terminal/output/wrap.ts'

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'run the sandbox tenant until Ctrl-C',
  description: `Runs a stand-in for Microsoft 365 on this machine: sign-in pages and a Graph API with invented contacts.
Prints its addresses and a command that imports from it. Its settings can be changed while it runs.`,
  options: ['json', 'port'],
  run: async ({ options, output, program, interruption }) => {
    const interrupted = new Promise<void>((resolve) => void interruption.listen(resolve))
    const tenant = await startSandboxTenant(sandboxChoices(options))
    const { origin, clientId, spaClientId, authority, graphUrl } = tenant
    if (output.json) output.record({ origin, clientId, spaClientId, authority, graphUrl })
    else {
      const addresses = ['--client-id', clientId, '--authority', authority, '--graph-url', graphUrl]
      for (const line of [
        `The sandbox tenant is running at ${origin}`,
        `  sign-in   ${authority}`,
        `  Graph     ${graphUrl}`,
        `  client ID ${clientId}, for pages ${spaClientId}`,
        '',
        'Import from it in another terminal:',
        `  ${commandLine(program, 'import', addresses)}`,
        '',
        'Show its settings, and change them while it runs (number of contacts, latency, faults, spaRedirects):',
        `  curl ${origin}/sandbox/settings`,
        `  curl -X PATCH ${origin}/sandbox/settings -H 'content-type: application/json' -d '{"latency":300}'`,
        '',
        'To stop it, press Ctrl-C.',
      ])
        output.result(unbroken(line))
    }
    await interrupted
    await tenant.close()
    return 0
  },
}
