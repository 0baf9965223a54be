#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { runTerminal } from '../src/shells/terminal/terminal.ts'
import { deleteStore } from './delete-store.ts'
import { examineStore } from './examine-store.ts'
import { openBook } from './open-book.ts'
import { startTenant } from './sandbox-tenant.ts'
import { defaultStore } from './store-file.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

process.exitCode = await runTerminal(
  process.argv.slice(2),
  {
    version: manifest.version,
    defaultStore: defaultStore(),
    openBook,
    examineStore,
    deleteStore,
    startTenant,
  },
  process,
)
