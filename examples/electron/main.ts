import { isImportFailure } from 'device-contacts/node'
import { explainFailure, messages } from 'device-contacts/messages'
import { app, dialog, protocol, session } from 'electron'
import { openBook } from './book.ts'
import { pageFile, SCHEME } from './page-files.ts'
import { openWindow } from './window.ts'

const start = async (): Promise<void> => {
  await app.whenReady()
  protocol.handle(SCHEME, pageFile)
  // The card copies values. Electron grants everything that nothing denies.
  session.defaultSession.setPermissionRequestHandler((_, permission, grant) => {
    grant(permission === 'clipboard-sanitized-write')
  })
  const book = await openBook()
  const window = openWindow(book)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.once('will-quit', (event) => {
    event.preventDefault()
    void book.close().finally(() => app.quit())
  })
}

/** Says why there is no book. What goes wrong later, the elements say in the window. */
const fail = (error: unknown): void => {
  const words = messages(app.getLocale())
  const code = isImportFailure(error) ? error.code : 'internal'
  const { steps } = words.settings
  const { happened, next } = explainFailure(words, code, { source: 'microsoft365', steps, storage: 'file' })
  dialog.showErrorBox(happened, next)
  app.exit(1)
}

// Electron wants both before it is ready.
app.enableSandbox()
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => app.quit())
if (app.requestSingleInstanceLock()) start().catch(fail)
else app.quit()
