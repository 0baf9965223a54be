import type { MessagePort } from 'node:worker_threads'
import type { CDPSession, Page } from 'playwright-core'
import { decodeMessage, encodeMessage } from '../../../src/client/remote/json-messages.ts'
import type { Carried } from './isolated-world.page.ts'

const WORLD = 'preload'

/**
 * Runs preload scripts in a page of Chromium as Electron does: in an isolated world, before the page. Ports that are sent to
 * it end there, and are closed with the document.
 */
export const preloadWorld = async (page: Page, scripts: readonly string[]) => {
  const session = await page.context().newCDPSession(page)
  const ports = new Map<number, MessagePort>()
  let world: number | null = null
  let sent = 0

  const leave = () => {
    for (const port of ports.values()) port.close()
    ports.clear()
  }
  const run = async (expression: string): Promise<void> => {
    if (world === null) throw new Error('the page has no preload script')
    // A document that is gone receives nothing.
    await session.send('Runtime.evaluate', { contextId: world, expression }).catch(() => undefined)
  }
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name !== WORLD) return
    leave()
    world = context.id
  })
  session.on('Runtime.bindingCalled', ({ payload }) => {
    const { port, data } = decodeMessage(payload) as Carried
    ports.get(port)?.postMessage(data)
  })
  page.on('close', leave)
  await prepare(session, scripts)

  return {
    /** What `webContents.postMessage` does with a port. */
    sendPort: (channel: string, port: MessagePort): void => {
      const id = ++sent
      ports.set(id, port)
      void run(`receivePort(${JSON.stringify(channel)}, ${id})`)
      port.on('message', (data: unknown) => {
        void run(`receive(${JSON.stringify(encodeMessage({ port: id, data } satisfies Carried))})`)
      })
    },
  }
}

const prepare = async (session: CDPSession, scripts: readonly string[]): Promise<void> => {
  await session.send('Page.enable')
  await session.send('Runtime.enable')
  await session.send('Runtime.addBinding', { name: 'toMain', executionContextName: WORLD })
  // Blocks, because the scripts of a module share no names.
  const source = scripts.map((script) => `{\n${script}\n}`).join('\n')
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD })
}
