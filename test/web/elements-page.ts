import { fileURLToPath } from 'node:url'
import { readPageFiles } from '../../bin/web/page-files.ts'
import { servePage } from '../../bin/web/page-server.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox, SettingsChange } from '../../sandbox/index.ts'

/** The page of the elements as `npm run build` makes it, with its book in the browser, and its tenant. */
export interface ElementsPage {
  readonly sandbox: Sandbox
  readonly address: string
  close(): Promise<void>
}

/** @param sources `all`: also Google and exported files of the Outlook app */
export const startElementsPage = async (
  settings: SettingsChange,
  sources: 'microsoft365' | 'all' = 'microsoft365',
): Promise<ElementsPage> => {
  const sandbox = await startSandbox({ folders: 0, distributionLists: 0, ...settings })
  const page = await servePage({
    port: 0,
    files: readPageFiles(fileURLToPath(new URL('../../dist/web/', import.meta.url))),
    config: () => ({
      book: 'browser',
      clientId: sandbox.spaClientId,
      authority: sandbox.authority,
      graphUrl: sandbox.graphUrl,
      ...(sources === 'all' && {
        outlookFile: true,
        google: {
          clientId: sandbox.google.webClientId,
          clientSecret: sandbox.google.webClientSecret,
          authority: sandbox.google.issuer,
          peopleUrl: sandbox.google.peopleUrl,
        },
      }),
    }),
    connect: [sandbox.origin],
    answer: () => false,
  })
  sandbox.settings.change({ spaRedirects: [`${page.origin}/sign-in.html`] })
  return {
    sandbox,
    address: `${page.origin}/`,
    close: async () => {
      await Promise.all([page.close(), sandbox.close()])
    },
  }
}
