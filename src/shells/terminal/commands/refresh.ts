import { followAttempts } from '../attempt.ts'
import type { Started } from '../attempt.ts'
import type { Source } from '../../../index.ts'
import type { Command, CommandContext } from '../command.ts'
import { sourceOf, storeOptions, tenantOptions } from '../arguments/options.ts'
import { sayDuplicates, withDuplicates } from '../contacts/possible-duplicates.ts'
import { isInterruptedCode } from '../interruption.ts'
import type { OpenedBook } from '../parts.ts'
import { changeSentence, printResult } from '../output/print-result.ts'
import { showHeld } from '../output/show-held.ts'
import { showNotices } from '../output/show-notices.ts'
import { refusalWithoutTenant } from '../without-tenant.ts'

export const refreshCommand: Command = {
  name: 'refresh',
  summary: 'update the contacts without asking you to sign in',
  description: `Updates every linked account that has contacts on the device, all at the same time, and prints what
was added, updated and removed. It never opens a browser: if access has expired it fails, and restart
is the next step. A refresh that would remove many contacts is held until you approve it. Exits with 1
if one account failed. With --json it prints one outcome per line, as for import.`,
  options: [...storeOptions, 'source', 'file', ...tenantOptions],
  run: async (context) => {
    const opened = await context.open('continue')
    showNotices(context, opened)
    const ended = await followAttempts(context, opened, await begin(context, opened))
    const outcomes = await withDuplicates(context, opened, ended)
    const codes = outcomes.map((outcome) => {
      const code = printResult(context, outcome, (completion) => [
        changeSentence(context, outcome, completion),
      ])
      showHeld(context, opened, outcome.source)
      return code
    })
    sayDuplicates(context, opened, outcomes)
    return codes.find(isInterruptedCode) ?? (codes.includes(1) ? 1 : 0)
  },
}

/** Resumes an interrupted attempt of a source instead of starting a new one. */
const begin = async ({ options }: CommandContext, opened: OpenedBook): Promise<readonly Started[]> => {
  const { book } = opened
  const source = sourceOf(options)
  const isWanted = (each: { readonly source: Source }) =>
    options.source === undefined || each.source === source
  const lists = book.accounts.get().filter((each) => each.list !== null && isWanted(each))
  const wanted = lists.length > 0 ? lists.map((each) => each.source) : [source]
  for (const each of wanted) {
    const refusal = refusalWithoutTenant(opened, each, 'refresh')
    if (refusal) return [{ source: each, ok: false, refusal }]
  }
  const resumed = (await book.resume()).filter((each) => each.as === 'continued' && isWanted(each))
  const continued = resumed.map(({ source, attempt }) => ({ source, ok: true, attempt }) as const)
  const results =
    options.source === undefined
      ? await book.refreshAll()
      : [{ source, result: await book.refresh(source) } as const]
  const refreshed = results
    .filter(({ source }) => !resumed.some((each) => each.source === source))
    .map(({ source, result }) => ({ source, ...result }) as const)
  const started = [...continued, ...refreshed]
  // The book gives the reason that there is nothing to refresh: another process may be importing for the first time.
  return started.length > 0 ? started : [{ source, ...(await book.refresh(source)) }]
}
