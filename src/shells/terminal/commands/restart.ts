import { followAttempts } from '../attempt.ts'
import type { Started } from '../attempt.ts'
import type { Command } from '../command.ts'
import { type NamedSource, sourceOf, storeOptions, tenantOptions } from '../arguments/options.ts'
import { sayDuplicates, withDuplicates } from '../contacts/possible-duplicates.ts'
import type { OpenedBook } from '../parts.ts'
import { importSentence, printResult } from '../output/print-result.ts'
import { showNotices } from '../output/show-notices.ts'
import { showSample } from '../output/show-sample.ts'
import { refusalWithoutTenant } from '../without-tenant.ts'

export const restartCommand: Command = {
  name: 'restart',
  summary: 'sign in again and import everything',
  description: `Starts again after an import that failed, was cancelled or was interrupted. Signs in without asking if
possible, otherwise in your browser. Contacts on the device stay until the new ones are complete. With
--json the last line is the outcome, as for import.`,
  options: [...storeOptions, 'source', 'file', ...tenantOptions],
  run: async (context) => {
    const source = sourceOf(context.options)
    const opened = await context.open('continue')
    showNotices(context, opened)
    const ended = await followAttempts(context, opened, [await begin(opened, source)])
    const outcomes = await withDuplicates(context, opened, ended)
    const [outcome] = outcomes
    if (!outcome) return 1
    const code = printResult(context, outcome, (completion) => [importSentence(context, outcome, completion)])
    if (outcome.completion && !context.output.json) showSample(context, opened, source)
    sayDuplicates(context, opened, outcomes)
    return code
  },
}

const begin = async (opened: OpenedBook, source: NamedSource): Promise<Started> => {
  const refusal = refusalWithoutTenant(opened, source, 'restart')
  return refusal ? { source, ok: false, refusal } : { source, ...(await opened.book.restart(source)) }
}
