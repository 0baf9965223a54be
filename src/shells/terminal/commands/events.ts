import type { Command } from '../command.ts'
import { jsonLine } from '../output/untrusted-text.ts'
import { storeOptions } from '../arguments/options.ts'

export const eventsCommand: Command = {
  name: 'events',
  summary: 'print the recorded events',
  description: `Prints the recorded events, oldest first, one per line: position, time, source, event, data. The state of
every account is derived from them. They hold counts and codes, never a contact. With --json one object
per line.`,
  options: storeOptions,
  run: async (context) => {
    const { output } = context
    const { book } = await context.open('look')
    for await (const envelope of book.events()) {
      if (output.json) output.record(envelope)
      else {
        const { position, time, stream, type, data } = envelope
        output.result([position, time, stream, type, jsonLine(data)].join('  '))
      }
    }
    return 0
  },
}
