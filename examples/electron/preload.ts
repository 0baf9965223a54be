import { ipcRenderer } from 'electron'
import { BOOK_CHANNEL } from './channel.ts'

// The page gets the port and nothing of Electron. It was loaded before the port is sent, so it listens.
ipcRenderer.on(BOOK_CHANNEL, (event) => window.postMessage(BOOK_CHANNEL, location.origin, event.ports))
