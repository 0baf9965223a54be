import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { realPath } from '../src/adapters/files/real-path.ts'
import { systemBrowser } from '../src/adapters/system/system-browser.ts'
import { deleteStore, examineStore } from '../src/node.ts'
import type { ExitCode } from '../src/shells/terminal/command.ts'
import { runTerminal, type TerminalProcess } from '../src/shells/terminal/terminal.ts'
import { chosenStore } from './chosen-store.ts'
import { deleteStores } from './delete-stores.ts'
import { eraseAllSecrets } from './erase-all-secrets.ts'
import { forgetBeside } from './forget-beside.ts'
import { openBook } from './open-book.ts'
import { sandboxExtension } from './sandbox/extension.ts'
import { tokenCachesOf } from './tenants/token-cache.ts'

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
      examineStore: (store) => examineStore(store, { tokenFile: tokenCachesOf(store) }),
      deleteStore: async (store) => {
        // Resolved first, because deleting the store may remove the link to it.
        const real = realPath(store)
        const files = await deleteStore(store, { tokenFile: tokenCachesOf(real) })
        if (files !== null) await forgetBeside(real)
        return files
      },
      deleteEverything: deleteStores,
      eraseSecrets: (store) => eraseAllSecrets(resolve(store)),
      // Loaded with the page, because every command loads this file.
      servePage: async (...parts) => (await import('./web/serve-book-page.ts')).serveBookPage(...parts),
      openBrowser: systemBrowser,
      extension: sandboxExtension,
    },
    process,
  )
