import type { Outcome, RefusalCode, SkipCounts, SkippedContact, SkipReason, Source } from '../../index.ts'
import { explainRefusal } from '../../messages.ts'
import type { CommandContext } from './command.ts'
import { explainEnd } from './output/explain-end.ts'
import type { OpenedBook } from './parts.ts'
import type { CommandOutcome } from './output/result-record.ts'
import { showNotices } from './output/show-notices.ts'
import { showProgress } from './output/progress/show-progress.ts'
import { situationOf } from './output/situation.ts'

/** A running attempt, or why there is none. */
export type Started =
  | { readonly source: Source; readonly ok: true; readonly attempt: string }
  | { readonly source: Source; readonly ok: false; readonly refusal: RefusalCode }

/** Shows the progress of attempts until they end. Ctrl-C cancels them. */
export const followAttempts = async (
  context: CommandContext,
  opened: OpenedBook,
  started: readonly Started[],
): Promise<readonly CommandOutcome[]> => {
  const { book } = opened
  const accounts = book.accounts.get()
  const running = started.filter((each) => each.ok).map(({ source }) => source)
  const cancel = () => {
    // If the cancel cannot be recorded, the outcome shows it.
    for (const source of running) book.cancel(source).catch(() => undefined)
  }
  const isSigningIn = accounts.some(({ source, state }) => running.includes(source) && state === 'consenting')
  if (running.length > 0) opened.announce?.(context.output, isSigningIn)
  const stopListening = context.interruption.listen(cancel)
  const stopShowing = showProgress(context, opened, running)
  try {
    return await Promise.all(
      started.map(async (each) =>
        each.ok
          ? ended(context, opened, each.source, await book.outcome(each.attempt))
          : refused(context, opened, each.source, each.refusal),
      ),
    )
  } finally {
    stopShowing()
    stopListening()
    showNotices(context, opened, accounts)
  }
}

/** The outcome of a command that was refused. */
export const refused = (
  context: CommandContext,
  opened: OpenedBook,
  source: Source,
  refusal: RefusalCode,
): CommandOutcome => ({
  ...standing(opened, source),
  refusal,
  explanation: explainRefusal(context.messages, refusal, situationOf(context, opened, source)),
})

/** The outcome of a command that finished without an attempt. */
export const standing = ({ book, store }: OpenedBook, source: Source): CommandOutcome => {
  const account = book.accounts.get().find((account) => account.source === source)
  return {
    source,
    state: account?.state ?? 'idle',
    completion: null,
    skipped: 0,
    skips: {},
    skippedFiles: [],
    held: account?.held ?? null,
    failure: null,
    refusal: null,
    details: {},
    onDevice: account?.list?.count ?? 0,
    lastUpdated: account?.lastUpdated ?? null,
    notices: account?.notices ?? [],
    explanation: null,
    store,
  }
}

const ended = (
  context: CommandContext,
  opened: OpenedBook,
  source: Source,
  { attempt, state, code, details, completion, skipped }: Outcome,
): CommandOutcome => {
  const isComplete = state === 'imported' || state === 'capped'
  const account = opened.book.accounts.get().find((each) => each.source === source)
  const ofList = isComplete ? (account?.skipped ?? []) : []
  return {
    ...standing(opened, source),
    state,
    // The completion of a held removal takes effect only when it is approved.
    completion: state === 'failed' ? null : completion,
    skipped,
    // A refresh reads only some of the skipped contacts, so those of the list are counted.
    skips: isComplete
      ? reasonsIn(ofList)
      : (opened.book.history.get().find((record) => record.attempt === attempt)?.skipped ?? {}),
    skippedFiles: ofList.flatMap(({ file }) => file ?? []),
    failure: code,
    details,
    explanation: explainEnd(context, opened, source, { state, code, details }),
  }
}

const reasonsIn = (skipped: readonly SkippedContact[]): SkipCounts => {
  const counts: Partial<Record<SkipReason, number>> = {}
  for (const { reason } of skipped) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}
