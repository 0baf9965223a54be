import { join } from 'node:path'
import { serveBook } from 'device-contacts/node'
import type { ContactBook } from 'device-contacts/node'
import { BrowserWindow, MessageChannelMain, shell } from 'electron'
import { BOOK_CHANNEL } from './channel.ts'
import { PAGE } from './page-files.ts'
import { portLike } from './port-like.ts'

/** What a contact may lead to. Everything else that the page wants to open is ignored. */
const leavable = ['http:', 'https:', 'mailto:', 'sip:', 'sips:', 'tel:']

const openOutside = (address: string): void => {
  if (leavable.includes(new URL(address).protocol)) void shell.openExternal(address)
}

/** The window with the page, which gets nothing but a port to the book. */
export const openWindow = (book: ContactBook): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1100,
    height: 760,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      nodeIntegration: false,
      sandbox: true,
    },
  })
  const { webContents } = window
  // Each time the page is loaded, it needs a port. The service of the port before ends with the page before.
  webContents.on('did-finish-load', () => {
    const { port1, port2 } = new MessageChannelMain()
    serveBook(book, portLike(port1))
    webContents.postMessage(BOOK_CHANNEL, null, [port2])
  })
  webContents.on('will-navigate', (event) => {
    event.preventDefault()
    openOutside(event.url)
  })
  webContents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  void window.loadURL(PAGE)
  return window
}
