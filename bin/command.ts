import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { realPath } from '../src/adapters/files/real-path.ts'
import { systemBrowser } from '../src/adapters/system/system-browser.ts'
import { deleteStore, eraseSecrets, examineStore } from '../src/node.ts'
import type { ExitCode } from '../src/shells/terminal/command.ts'
import { runTerminal, type TerminalProcess } from '../src/shells/terminal/terminal.ts'
import { chosenStore } from './chosen-store.ts'
import { deleteStores } from './delete-stores.ts'
import { forgetBeside } from './forget-beside.ts'
import { openBook } from './open-book.ts'
import { sandboxExtension } from './sandbox/extension.ts'
import { offlineTenant } from './tenants/offline.ts'
import { tokenCacheOf } from './tenants/token-cache.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Runs one command line, without the program's name. Resolves to its exit code; never throws. */
export const runCommand = (args: readonly string[], process: TerminalProcess): Promise<ExitCode> =>
  runTerminal(
    args,
    {
      version: manifest.version,
      storeOf: (options, command) => chosenStore(options, command),
      openBook,
      examineStore: (store) => examineStore(store, { tokenFile: tokenCacheOf(store) }),
      deleteStore: async (store) => {
        // Resolved first, because deleting the store may remove the link to it.
        const real = realPath(store)
        const files = await deleteStore(store, { tokenFile: tokenCacheOf(real) })
        if (files !== null) await forgetBeside(real)
        return files
      },
      deleteEverything: deleteStores,
      eraseSecrets: (store) => eraseSecrets(store, offlineTenant(resolve(store)).source),
      // Loaded with the page, because every command loads this file.
      servePage: async (...parts) => (await import('./web/serve-book-page.ts')).serveBookPage(...parts),
      openBrowser: systemBrowser,
      extension: sandboxExtension,
    },
    process,
  )
