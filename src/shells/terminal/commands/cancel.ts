import { refused, standing } from '../attempt.ts'
import type { Command } from '../command.ts'
import { sourceOf, storeOptions } from '../arguments/options.ts'
import { printResult } from '../output/print-result.ts'
import { situationOf } from '../output/situation.ts'

export const cancelCommand: Command = {
  name: 'cancel',
  summary: 'stop the running import, wherever it runs',
  description: `Stops the import at once, even if it runs in another terminal. A sign-in that is finished later is not
processed, and contacts that were already on the device stay. Refused if no import is running.`,
  options: [...storeOptions, 'source'],
  run: async (context) => {
    const source = sourceOf(context.options)
    const opened = await context.open('look')
    const answer = await opened.book.cancel(source)
    const outcome = answer.ok ? standing(opened, source) : refused(context, opened, source, answer.refusal)
    if (answer.ok && !context.output.json) {
      const { happened } = context.messages.cancelled(situationOf(context, opened, source))
      context.output.result(happened, 'good')
    }
    return printResult(context, outcome, () => [])
  },
}
