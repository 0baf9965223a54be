// Preloaded into a command: writes the memory that it needed at most, in MB, to the error output at its end.
import process from 'node:process'

// Not `maxRSS`: on Linux, it begins with the memory of the process that started this one.
let peak = 0
globalThis.setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10).unref()
process.on('exit', () => process.stderr.write(`\npeak ${Math.round(peak / 1024 ** 2)} MB\n`))
