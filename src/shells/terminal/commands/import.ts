import { followAttempts } from '../attempt.ts'
import type { Started } from '../attempt.ts'
import type { Command, CommandContext } from '../command.ts'
import { sourceOf, storeOptions, tenantOptions } from '../arguments/options.ts'
import { sayDuplicates, withDuplicates } from '../contacts/possible-duplicates.ts'
import type { OpenedBook } from '../parts.ts'
import { showKeyFallback } from '../key-place.ts'
import { importSentence, printResult } from '../output/print-result.ts'
import { showNotices } from '../output/show-notices.ts'
import { showSample } from '../output/show-sample.ts'
import { refusalWithoutTenant } from '../without-tenant.ts'

export const importCommand: Command = {
  name: 'import',
  summary: 'sign in and import the contacts',
  description: `Signs in to Microsoft 365 in your browser and imports up to 10,000 contacts, from all folders.
An import that an earlier process did not finish is resumed. Once the account is linked, use refresh.
With --source outlook --file FILE it imports what the Outlook app exported instead; contacts come from Microsoft 365 or from
the Outlook app, not from both.

With --json the last line on standard output is the outcome:
  {"source":"microsoft365", "state":"imported", "imported":1240, "available":1240, "skipped":0, "incomplete":0, "code":null, "refusal":null, "added":1240, "updated":0, "removed":0, "displaced":0, "verified":true, "held":null, "onDevice":1240, "lastUpdated":"…", "store":"…"}
"state" is imported, capped (imported up to the limit of 10,000), failed or cancelled; after a refusal it
is the unchanged state. "code" says why the command failed or was refused, and "refusal" repeats it for a refusal. Then
"message", "next" and "administrator" explain it, and the counts of the attempt are null.`,
  options: [...storeOptions, 'source', 'file', ...tenantOptions],
  run: async (context) => {
    const source = sourceOf(context.options)
    const opened = await context.open('begin')
    showNotices(context, opened)
    const ended = await followAttempts(context, opened, [await begin(context, opened)])
    const outcomes = await withDuplicates(context, opened, ended)
    const [outcome] = outcomes
    if (!outcome) return 1
    const code = printResult(context, outcome, (completion) => [importSentence(context, outcome, completion)])
    if (outcome.completion && !context.output.json) showSample(context, opened, source)
    if (outcome.completion) await showKeyFallback(context, opened, source)
    sayDuplicates(context, opened, outcomes)
    return code
  },
}

const begin = async ({ options, output }: CommandContext, opened: OpenedBook): Promise<Started> => {
  const source = sourceOf(options)
  const { book } = opened
  const refusal = refusalWithoutTenant(opened, source, 'signIn')
  if (refusal) return { source, ok: false, refusal }
  const resumed = (await book.resume()).find((each) => each.source === source)
  switch (resumed?.as) {
    case 'continued':
      output.note('Resuming the interrupted import.')
      return { source, ok: true, attempt: resumed.attempt }
    case 'interrupted':
      output.note('The last import was interrupted during the sign-in. Starting again.')
      return { source, ...(await book.restart(source)) }
    default:
      return { source, ...(await book.signIn(source)) }
  }
}
