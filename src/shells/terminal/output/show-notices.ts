import type { LinkedAccountView } from '../../../index.ts'
import { explainFinding, explainNotice } from '../../../messages.ts'
import type { Explanation } from '../../../messages.ts'
import { terminalSteps } from '../arguments/steps.ts'
import type { CommandContext } from '../command.ts'
import type { OpenedBook } from '../parts.ts'
import { printExplanation } from './print-explanation.ts'
import { situationOf } from './situation.ts'

/** Prints on standard error what was found about the files when they were opened. */
export const showFindings = (
  { messages, output, program }: Pick<CommandContext, 'messages' | 'output' | 'program'>,
  { findings, again }: OpenedBook,
): void => {
  for (const finding of findings)
    printExplanation(output, explainFinding(messages, finding, terminalSteps(program, again)), 'warn')
}

/**
 * Prints on standard error what the person should know about the accounts, although nothing failed.
 *
 * @param before the accounts when notices were last shown: their notices are not repeated
 */
export const showNotices = (
  context: CommandContext,
  opened: OpenedBook,
  before: readonly LinkedAccountView[] = [],
): void => {
  for (const account of opened.book.accounts.get()) {
    const known = before.find(({ source }) => source === account.source)?.notices ?? []
    const notices = account.notices.filter((code) => !known.includes(code))
    for (const explained of explainNotices(context, opened, { ...account, notices }))
      printExplanation(context.output, explained, 'warn')
  }
}

/** The notices of an account in sentences. */
export const explainNotices = (
  context: Pick<CommandContext, 'messages' | 'program'>,
  opened: OpenedBook,
  { source, notices }: LinkedAccountView,
): readonly Explanation[] =>
  notices.map((code) => explainNotice(context.messages, code, situationOf(context, opened, source)))

/** The same, as JSON. */
export const noticesRecord = (
  context: Pick<CommandContext, 'messages' | 'program'>,
  opened: OpenedBook,
  account: LinkedAccountView,
): readonly object[] =>
  explainNotices(context, opened, account).map(({ happened: message, next }, index) => ({
    code: account.notices[index],
    message,
    next,
  }))
