import { debuglog } from 'node:util'
import { countryOf } from './arguments/country-of.ts'
import type { CommandContext } from './command.ts'
import { unbroken } from './output/wrap.ts'
import type { OpenedBook } from './parts.ts'

const debug = debuglog('device-contacts')

/** The page that `--inspect` opens beside a command. */
export interface InspectorPage {
  /** Keeps the page until Ctrl-C, if a person reads the output: most commands end before a page is looked at. */
  stay(): Promise<void>
  close(): Promise<void>
}

/** Serves the states and events of a book to one browser on this machine. The log has what happened before it is opened. */
export const openInspectorPage = async (
  {
    options,
    output,
    interruption,
    parts,
  }: Pick<CommandContext, 'options' | 'output' | 'interruption' | 'parts'>,
  opened: OpenedBook,
): Promise<InspectorPage> => {
  const page = await parts.servePage(opened, {
    view: 'inside',
    phone: { country: await countryOf(options.country) },
    diagnose: (error) => debug('%s', error instanceof Error ? error.stack : error),
  })
  output.note(unbroken(`States and events are at ${page.address}`))
  if (!output.json && !(await parts.openBrowser(page.address)))
    output.note('No browser could be opened here. The address works once.')
  return {
    stay: async () => {
      if (output.json || output.columns === undefined || interruption.happened) return
      output.note('The page with the states and events stays until you press Ctrl-C.')
      await new Promise<void>((resolve) => void interruption.listen(resolve))
    },
    close: () => page.close(),
  }
}
