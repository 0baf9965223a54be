// Reads a mailbox from Graph in a process of its own. Prints the failure and the memory that it needed, in MB.
import process from 'node:process'
import { graphContactSource } from '../dist/src/adapters/microsoft365/mailbox/graph-contact-source.js'
import { fetchRequest } from '../dist/src/testing/read-source.js'

const source = graphContactSource({ graphUrl: process.argv[2], tokens: { accessToken: async () => 'token' } })
const context = { signal: new globalThis.AbortController().signal, progress: () => undefined }
const before = process.memoryUsage.rss()
// Not `maxRSS`: on Linux, it begins with the memory of the process that started this one.
let peak = before
const sampling = globalThis.setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2)
let code = null
try {
  for await (const report of source.fetch(fetchRequest(), context)) void report
} catch (error) {
  code = error.code ?? String(error)
}
globalThis.clearInterval(sampling)
process.stdout.write(JSON.stringify({ code, memory: (peak - before) / 1024 ** 2 }))
