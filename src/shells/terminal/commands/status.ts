import type { CommandType, LinkedAccountView } from '../../../index.ts'
import { explainRefusal } from '../../../messages.ts'
import { commandNames } from '../arguments/command-names.ts'
import type { Command, CommandContext } from '../command.ts'
import { storeOptions } from '../arguments/options.ts'
import { explainEnd } from '../output/explain-end.ts'
import { untrustedText } from '../output/untrusted-text.ts'
import type { OpenedBook } from '../parts.ts'
import { showHeld } from '../output/show-held.ts'
import { situationOf } from '../output/situation.ts'

export const statusCommand: Command = {
  name: 'status',
  summary: 'show the linked accounts, and what may be done now',
  description: `For every account its state, its contacts on the device, when they were last updated, and which
commands may be given now, or why not. It starts nothing and changes nothing. With --json one object
a line.`,
  options: storeOptions,
  run: async (context) => {
    const { output } = context
    const opened = await context.open('look')
    for (const account of opened.book.accounts.get()) {
      if (output.json) output.record(statusRecord(context, opened, account))
      else printAccount(context, opened, account)
    }
    if (!output.json) {
      output.result(`Contacts are kept in ${opened.store}${opened.storeExists ? '' : ' (not there yet)'}`)
    }
    return 0
  },
}

const statusRecord = (context: CommandContext, opened: OpenedBook, account: LinkedAccountView): object => {
  const { store, storeExists } = opened
  const explanation = explainEnd(context, opened, account.source, account)
  return {
    ...account,
    store,
    storeExists,
    ...(explanation && {
      message: explanation.happened,
      next: explanation.next,
      administrator: explanation.administrator,
    }),
  }
}

const printAccount = (context: CommandContext, opened: OpenedBook, account: LinkedAccountView): void => {
  const { output, messages } = context
  const { source, list, isStale } = account
  const situation = situationOf(context, opened, source)
  output.result(`${messages.sources[source]}: ${stateSentence(account)}`, 'strong')
  const who = account.account?.username
  if (who !== undefined) output.result(`  Account: ${output.untrusted(who)}`)
  if (list) {
    const count = list.capped
      ? messages.contactsOf(list.count, list.available)
      : messages.contacts(list.count)
    const since = messages.time(list.completedAt)
    output.result(
      `  On this device: ${count}, ${isStale ? `not brought up to date since ${since}` : `updated ${since}`}`,
      isStale ? 'warn' : 'plain',
    )
  } else output.result('  On this device: no contacts')
  if (account.lastTried !== null) output.result(`  Last tried: ${messages.time(account.lastTried)}`)
  const explanation = explainEnd(context, opened, account.source, account)
  if (explanation) {
    output.result(`  ${explanation.happened}`)
    output.result(`  ${explanation.next}`)
    if (explanation.administrator !== null)
      output.result(`  ${untrustedText(explanation.administrator)}`, 'dim')
  }
  showHeld(context, opened, source)
  output.result('  Now:')
  for (const [type, name] of Object.entries(commandNames) as [CommandType, string][]) {
    const refusal = account.commands[type]
    const goesOn = refusal !== null && isTakenUp(account, type)
    const why =
      refusal === null
        ? 'yes'
        : goesOn
          ? 'yes: takes up what was broken off'
          : `no: ${explainRefusal(messages, refusal, situation).happened}`
    output.result(`    ${name.padEnd(9)} ${why}`, refusal === null || goesOn ? 'plain' : 'dim')
  }
}

/** The commands that resume first: an import begins by going on with a dead process's, or starts it anew. */
const isTakenUp = ({ state, runner }: LinkedAccountView, type: CommandType): boolean =>
  runner === 'nobody' && (type === 'signIn' || (type === 'refresh' && state === 'fetching'))

const stateSentence = ({ state, runner }: LinkedAccountView): string => {
  switch (state) {
    case 'idle':
      return 'not linked'
    case 'consenting':
      return runner === 'nobody' ? 'broken off during the sign-in' : 'waiting for the sign-in'
    case 'fetching':
      return runner === 'nobody' ? 'broken off while importing' : 'importing'
    case 'capped':
      return 'imported up to the limit'
    case 'imported':
    case 'failed':
    case 'cancelled':
      return state
  }
}
