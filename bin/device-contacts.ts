#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { deleteStore, examineStore } from '../src/node.ts'
import { runTerminal } from '../src/shells/terminal/terminal.ts'
import { openBook } from './open-book.ts'
import { sandboxExtension } from './sandbox/extension.ts'
import { forgetSandbox } from './sandbox/memory.ts'
import { defaultStore } from './store-file.ts'
import { tokenCacheOf } from './tenants/token-cache.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

process.exitCode = await runTerminal(
  process.argv.slice(2),
  {
    version: manifest.version,
    defaultStore: defaultStore(),
    openBook,
    examineStore: (store) => examineStore(store, { tokenFile: tokenCacheOf(store) }),
    deleteStore: async (store) => {
      const files = await deleteStore(store, { tokenFile: tokenCacheOf(store) })
      if (files !== null) await forgetSandbox(store)
      return files
    },
    extension: sandboxExtension,
  },
  process,
)
