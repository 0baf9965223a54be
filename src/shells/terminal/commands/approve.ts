import { refused, standing } from '../attempt.ts'
import type { Command } from '../command.ts'
import { sourceOf, storeOptions } from '../arguments/options.ts'
import { changeSentence, printResult } from '../output/print-result.ts'

export const approveCommand: Command = {
  name: 'approve',
  summary: 'approve a removal that was held',
  description: `A refresh that would remove more than 20 % of the contacts, and more than 50, is held until you approve
it. This command approves it and removes these contacts.`,
  options: [...storeOptions, 'source'],
  run: async (context) => {
    const source = sourceOf(context.options)
    const opened = await context.open('look')
    const answer = await opened.book.approveRemoval(source)
    if (!answer.ok) return printResult(context, refused(context, opened, source, answer.refusal), () => [])
    const record = opened.book.history.get().find(({ attempt }) => attempt === answer.attempt)
    const outcome = { ...standing(opened, source), completion: record?.completion ?? null }
    return printResult(context, outcome, (completion) => [changeSentence(context, outcome, completion)])
  },
}
