import { capitalized } from '../../../formats/capitalized.ts'
import type { Completion, SkipReason } from '../../../index.ts'
import type { CommandContext, ExitCode } from '../command.ts'
import { printExplanation } from './print-explanation.ts'
import { resultRecord } from './result-record.ts'
import type { CommandOutcome } from './result-record.ts'

/** Prints the outcome of a command at one source. Returns its exit code. */
export const printResult = (
  context: CommandContext,
  outcome: CommandOutcome,
  sentences: (completion: Completion) => readonly string[],
): ExitCode => {
  const { output, interruption } = context
  if (output.json) output.record(resultRecord(outcome))
  else if (outcome.completion) {
    const [first = '', ...others] = sentences(outcome.completion)
    output.result(first, 'good')
    for (const line of [...others, ...remarks(context, outcome, outcome.completion)]) output.result(line)
  }
  if (outcome.explanation) {
    const isFailure = outcome.state !== 'cancelled' && outcome.failure !== 'removal-held'
    printExplanation(output, outcome.explanation, isFailure ? 'bad' : 'warn')
  }
  const isCancelledHere = outcome.state === 'cancelled' && interruption.happened
  return isCancelledHere ? interruption.exitCode : outcome.explanation ? 1 : 0
}

/** Names of files that are printed. */
const MOST_FILES = 20

const remarks = (
  { messages, output }: CommandContext,
  { source, skipped, skips, skippedFiles }: CommandOutcome,
  { displaced, incomplete, verified }: Completion,
): readonly string[] => [
  ...(displaced > 0
    ? [`No longer on this device, because others changed more recently: ${messages.contacts(displaced)}.`]
    : []),
  ...(skipped > 0
    ? [
        `${messages.number(skipped)} left out: ${Object.entries(skips)
          .map(([reason, count]) => messages.skips[reason as SkipReason](count))
          .join(', ')}.`,
      ]
    : []),
  ...skippedFiles.slice(0, MOST_FILES).map((name) => `  ${output.untrusted(name)}`),
  ...(skippedFiles.length > MOST_FILES ? ['  …'] : []),
  ...(incomplete > 0 ? [`${messages.incomplete(incomplete)}. The list marks them.`] : []),
  ...(verified
    ? []
    : [
        `${capitalized(messages.sources[source])} changed during the import or did not report everything, so this list may not match it. The next refresh checks again.`,
      ]),
]

/** The result of a complete import. */
export const importSentence = (
  { messages }: CommandContext,
  { source }: CommandOutcome,
  { outcome, imported, available }: Completion,
): string =>
  outcome === 'capped'
    ? `Imported ${messages.contactsOf(imported, available)} from ${messages.sources[source]}: those that changed most recently.`
    : `Imported ${messages.contacts(imported)} from ${messages.sources[source]}.`

/** The result of a refresh, or of an approved removal. */
export const changeSentence = (
  { messages }: CommandContext,
  { source }: CommandOutcome,
  { outcome, imported, available, added, updated, removed }: Completion,
): string => {
  const now = outcome === 'capped' ? messages.contactsOf(imported, available) : messages.contacts(imported)
  return `${capitalized(messages.sources[source])}: ${messages.number(added)} added, ${messages.number(updated)} updated, ${messages.number(removed)} removed. Now on this device: ${now}.`
}
