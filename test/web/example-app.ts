import { startSandbox, type Sandbox, type SettingsChange } from '../../sandbox/index.ts'
import { bundle } from './bundle.ts'
import { serve } from './serve.ts'
import { elementsPolicy, siteHeaders } from './site.ts'

/** The page of an example, unchanged but for its tenant, as a web server gives it to a browser. */
export interface ExampleApp {
  readonly sandbox: Sandbox
  /** The address of the page. */
  readonly address: string
  close(): Promise<void>
}

/** Serves the example with strict headers, beside a sandbox tenant that knows it. */
export const startExampleApp = async (
  example: 'react' | 'web',
  settings: SettingsChange = {},
): Promise<ExampleApp> => {
  const sandbox = await startSandbox({ folders: 0, distributionLists: 0, ...settings })
  const tenant = {
    clientId: sandbox.spaClientId,
    authority: sandbox.authority,
    graphUrl: sandbox.graphUrl,
  }
  const files = await bundle(
    new URL(`../../examples/${example}/`, import.meta.url),
    ['index.html', 'sign-in.html'],
    [
      {
        name: 'tenant',
        load: (id) =>
          id.endsWith(`/examples/${example}/tenant.ts`)
            ? `export const tenant = ${JSON.stringify(tenant)}`
            : null,
      },
    ],
  )
  const index = files.get('/index.html') ?? ''
  const served = await serve(
    () => new Map([...files, ['/', index]]),
    siteHeaders(sandbox.origin, '/sign-in.html', example === 'react' ? elementsPolicy : undefined),
  )
  sandbox.settings.change({ spaRedirects: [`${served.origin}/sign-in.html`] })
  return {
    sandbox,
    address: `${served.origin}/`,
    close: async () => {
      await Promise.all([served.close(), sandbox.close()])
    },
  }
}
