import { debuglog } from 'node:util'
import { countryOf } from '../arguments/country-of.ts'
import { storeOptions, tenantOptions } from '../arguments/options.ts'
import { UsageError } from '../arguments/usage-error.ts'
import type { Command } from '../command.ts'
import { showNotices } from '../output/show-notices.ts'
import { unbroken } from '../output/wrap.ts'

const debug = debuglog('device-contacts')

export const webCommand: Command = {
  name: 'web',
  summary: 'show the contacts in your browser until Ctrl-C',
  description: `Opens a page in your browser with My Contacts and Settings: everything that the other commands do, by buttons.
The page is on this machine only and belongs to the first browser that opens its address, which works once.
Continues an import that an earlier process did not finish. Ctrl-C ends the page; an import that is under way
continues the next time.

With --json one object with the address: {"address":"http://localhost:…", "store":"…"}`,
  options: [...storeOptions, 'port', 'country', ...tenantOptions],
  run: async (context) => {
    const { options, output, interruption, parts, store } = context
    const country = await countryOf(options.country)
    const opened = await context.open('serve')
    if (!opened.hasTenant('microsoft365') && !opened.hasTenant('google'))
      throw new UsageError('The page has to know how to sign in: add --client-id ID or --token-file FILE.')
    showNotices(context, opened)
    const interrupted = new Promise<void>((resolve) => void interruption.listen(resolve))
    const page = await parts.servePage(opened, {
      port: options.port,
      view: options.inspectsOnPage ? 'inside' : undefined,
      phone: { country },
      diagnose: (error) => debug('%s', error instanceof Error ? error.stack : error),
    })
    try {
      opened.announce?.(output, true)
      if (output.json) output.record({ address: page.address, store })
      else if (!(await parts.openBrowser(page.address)))
        output.note('No browser could be opened here.', 'warn')
      if (!output.json) {
        output.result(unbroken(`Your contacts are at ${page.address}`))
        output.note('The address works once. To end the page, press Ctrl-C.')
      }
      await opened.book.resume()
      await interrupted
    } finally {
      await page.close()
    }
    return 0
  },
}
