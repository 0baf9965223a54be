import { commandLine } from '../../src/shells/terminal/arguments/steps.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Command, CommandContext } from '../../src/shells/terminal/command.ts'
import type { PageServer } from '../web/page-server.ts'
import { sandboxChoices } from './options.ts'
import { startSandboxTenant } from './start.ts'
import { unbroken } from '../../src/shells/terminal/output/wrap.ts'

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'run the sandbox tenant until Ctrl-C',
  description: `Runs a stand-in for Microsoft 365 on this machine: sign-in pages and a Graph API with invented contacts.
It plays Google and its People API too.
Prints its addresses and a command that imports from it. Its settings can be changed while it runs.
With --web it also opens a page in your browser that imports from it, and that has a button for
everything that can go wrong.`,
  options: ['json', 'port'],
  run: async (context) => {
    const { options, output, parts, interruption } = context
    const choices = sandboxChoices(options)
    const interrupted = new Promise<void>((resolve) => void interruption.listen(resolve))
    const tenant = await startSandboxTenant(choices.web ? { ...choices, port: undefined } : choices)
    try {
      const page = choices.web ? await servePage(tenant, choices.port) : null
      if (output.json) output.record(recordOf(tenant, page))
      else if (page === null) for (const line of linesOf(context, tenant)) output.result(unbroken(line))
      else {
        output.note('This is a sandbox tenant on this machine. Its people are invented.', 'warn')
        if (!(await parts.openBrowser(page.origin))) output.note('No browser could be opened here.', 'warn')
        output.result(unbroken(`The page is at ${page.origin}`))
        output.note('To end it, press Ctrl-C.')
      }
      await interrupted
      await page?.close()
    } finally {
      await tenant.close()
    }
    return 0
  },
}

// Loaded with the page, because every command loads this file.
const servePage = async (tenant: Sandbox, port?: number): Promise<PageServer> =>
  (await import('./web/serve-sandbox-page.ts')).serveSandboxPage(tenant, port)

const recordOf = (
  { origin, clientId, spaClientId, authority, graphUrl, google }: Sandbox,
  page: PageServer | null,
) => ({
  origin,
  clientId,
  spaClientId,
  authority,
  graphUrl,
  google: {
    issuer: google.issuer,
    peopleUrl: google.peopleUrl,
    clientId: google.clientId,
    clientSecret: google.clientSecret,
  },
  ...(page && { page: page.origin }),
})

const linesOf = (
  { program }: CommandContext,
  { origin, clientId, spaClientId, authority, graphUrl, google }: Sandbox,
): readonly string[] => {
  const addresses = ['--client-id', clientId, '--authority', authority, '--graph-url', graphUrl]
  return [
    `The sandbox tenant is running at ${origin}`,
    `  sign-in   ${authority}`,
    `  Graph     ${graphUrl}`,
    `  client ID ${clientId}, for pages ${spaClientId}`,
    `  Google    ${google.issuer}, client ID ${google.clientId}`,
    '',
    'Import from it in another terminal:',
    `  ${commandLine(program, 'import', addresses)}`,
    '',
    'Show its settings, and change them while it runs (number of contacts, latency, faults, spaRedirects):',
    `  curl ${origin}/sandbox/settings`,
    `  curl -X PATCH ${origin}/sandbox/settings -H 'content-type: application/json' -d '{"latency":300}'`,
    '',
    'To stop it, press Ctrl-C.',
  ]
}
