import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserWindowConstructorOptions } from 'electron'
import type { BrowserContext, Page } from 'playwright-core'
import { bundle, type SiteFiles } from '../../web/bundle.ts'
import { builtPart } from './builds.ts'
import { preloadWorld } from './page-world.ts'
import { ChannelStandIn, type PortStandIn } from './ports.ts'

type PageHandler = (request: Request) => Promise<Response>
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

const example = new URL('../../../examples/electron/', import.meta.url)

/** What a test gives a stand-in. */
export interface StandInOptions {
  /** Where windows are opened. */
  readonly context: BrowserContext
  readonly userData: string
  /** Visits an address as the system browser does. */
  readonly openExternal: (address: string) => Promise<unknown>
}

/**
 * The part of Electron's main process that the example uses. Windows are pages of Chromium: their files come from the
 * example's own scheme, by way of a local server, and their preload script runs in an isolated world.
 */
export const electronStandIn = async ({ context, userData, openExternal }: StandInOptions) => {
  const [rendererFiles, preloadFiles, world] = await Promise.all([
    builtPart('renderer'),
    builtPart('preload'),
    bundle(new URL('./', import.meta.url), ['isolated-world.page.ts']),
  ])
  /** What runs before the page. The window names its own preload script. */
  const scriptsOf = ({ webPreferences }: BrowserWindowConstructorOptions) => [
    textOf(world, '/isolated-world.page.js'),
    `const { require } = globalThis\n${textOf(preloadFiles, `/${basename(webPreferences?.preload ?? '')}`)}`,
  ]
  let announce: (window: BrowserWindowStandIn) => void = () => undefined
  const first = new Promise<BrowserWindowStandIn>((resolve) => (announce = resolve))
  const closings: (() => Promise<void>)[] = []
  const channels: ChannelStandIn[] = []
  const opened: string[] = []
  const problems: string[] = []
  const app = new AppStandIn(userData)
  const handlers = new Map<string, PageHandler>()
  let decide: (permission: string) => boolean = () => true

  class BrowserWindowStandIn {
    readonly webContents = new WebContentsStandIn()
    readonly options: BrowserWindowConstructorOptions

    constructor(options: BrowserWindowConstructorOptions) {
      this.options = options
      announce(this)
    }

    async loadURL(address: string): Promise<void> {
      const { protocol, host, pathname } = new URL(address)
      const handler = handlers.get(protocol.slice(0, -1))
      if (handler === undefined) throw new Error(`${protocol} is not registered`)
      const page = await context.newPage()
      const served = await serveHandler(handler, `${protocol}//${host}`)
      closings.push(async () => {
        await page.close()
        served.close()
      })
      await this.webContents.load(page, `${served.origin}${pathname}`, scriptsOf(this.options))
    }
  }

  /** The module `electron` of the main process. */
  const module = {
    app,
    BrowserWindow: BrowserWindowStandIn,
    MessageChannelMain: class extends ChannelStandIn {
      constructor() {
        super()
        channels.push(this)
      }
    },
    dialog: { showErrorBox: (title: string, content: string) => problems.push(`${title} ${content}`) },
    net: { fetch: fetchWithFiles(rendererFiles) },
    powerMonitor: new EventEmitter(),
    protocol: {
      registerSchemesAsPrivileged: () => undefined,
      handle: (scheme: string, handler: PageHandler) => handlers.set(scheme, handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (
          handler: (contents: null, permission: string, grant: (isGranted: boolean) => void) => void,
        ) => {
          decide = (permission) => {
            let isGranted = false
            handler(null, permission, (answer) => (isGranted = answer))
            return isGranted
          }
        },
      },
    },
    shell: {
      openExternal: async (address: string) => {
        opened.push(address)
        await openExternal(address)
      },
    },
  }
  return {
    module,
    app,
    /** The only window, once its page is there. */
    window: async () => {
      const { options, webContents } = await first
      return { options, contents: webContents, page: await webContents.page }
    },
    /** What the person saw outside of windows: addresses in other apps, and boxes. */
    opened,
    problems,
    /** The channels that the main process has made, oldest first. */
    channels,
    grants: (permission: string) => decide(permission),
    /** The person quits the app, and its window closes. */
    close: async () => {
      app.quit()
      await app.ended
      await Promise.all(closings.map((close) => close()))
    },
  }
}

class AppStandIn extends EventEmitter {
  readonly #userData: string
  #end: (code: number) => void = () => undefined
  /** Resolves to the exit code. */
  readonly ended = new Promise<number>((resolve) => (this.#end = resolve))

  constructor(userData: string) {
    super()
    this.#userData = userData
  }

  readonly whenReady = async () => undefined
  readonly enableSandbox = () => undefined
  readonly requestSingleInstanceLock = () => true
  readonly getPath = () => this.#userData
  readonly getName = () => 'My contacts'
  readonly getLocale = () => 'en-US'
  readonly exit = (code: number) => this.#end(code)

  quit(): void {
    const event = new Event('will-quit', { cancelable: true })
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
}

class WebContentsStandIn extends EventEmitter {
  #loaded: (page: Page) => void = () => undefined
  readonly page = new Promise<Page>((resolve) => (this.#loaded = resolve))
  #world: Awaited<ReturnType<typeof preloadWorld>> | null = null
  openHandler: OpenHandler = () => ({ action: 'allow' })

  async load(page: Page, address: string, scripts: readonly string[]): Promise<void> {
    this.#world = await preloadWorld(page, scripts)
    page.on('load', () => this.emit('did-finish-load'))
    await page.goto(address)
    this.#loaded(page)
  }

  postMessage(channel: string, _message: unknown, [port]: readonly PortStandIn[]): void {
    if (port !== undefined) this.#world?.sendPort(channel, port.transfer())
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
}

const textOf = (files: SiteFiles, path: string): string => {
  const text = files.get(path)
  if (text === undefined) throw new Error(`${path} was not built`)
  return text
}

/** Chromium knows no scheme of the example, so a local server passes its requests on. */
const serveHandler = async (handler: PageHandler, base: string) => {
  const server = createServer(({ url = '/' }, response) => {
    void handler(new Request(base + url)).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** `net.fetch`: for files, what the build would have written; for everything else, the network. */
const fetchWithFiles = (files: SiteFiles): typeof fetch => {
  const folder = fileURLToPath(new URL('renderer', example))
  return async (input, init) => {
    if (typeof input !== 'string' || !input.startsWith('file:')) return fetch(input, init)
    const path = fileURLToPath(input)
    const file = path.startsWith(folder) ? files.get(path.slice(folder.length)) : undefined
    if (file === undefined) throw new Error('net::ERR_FILE_NOT_FOUND')
    return new Response(file)
  }
}
