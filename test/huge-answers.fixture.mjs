// Reads a mailbox from Graph in a process of its own. Prints the failure and the memory that it needed, in MB.
import process from 'node:process'
import { graphContactSource } from '../dist/src/adapters/microsoft365/mailbox/graph-contact-source.js'
import { fetchRequest } from '../dist/src/testing/read-source.js'

const source = graphContactSource({ graphUrl: process.argv[2], tokens: { accessToken: async () => 'token' } })
const context = { signal: new globalThis.AbortController().signal, progress: () => undefined }
const before = process.resourceUsage().maxRSS
let code = null
try {
  for await (const report of source.fetch(fetchRequest(), context)) void report
} catch (error) {
  code = error.code ?? String(error)
}
process.stdout.write(JSON.stringify({ code, memory: (process.resourceUsage().maxRSS - before) / 1024 }))
