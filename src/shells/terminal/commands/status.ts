import { capitalized } from '../../../formats/capitalized.ts'
import type { CommandType, KeyPlace, LinkedAccountView } from '../../../index.ts'
import { explainRefusal } from '../../../messages.ts'
import { commandNames } from '../arguments/command-names.ts'
import type { Command, CommandContext } from '../command.ts'
import { storeOptions } from '../arguments/options.ts'
import { explainEnd } from '../output/explain-end.ts'
import { untrustedText } from '../output/untrusted-text.ts'
import type { OpenedBook } from '../parts.ts'
import { showHeld } from '../output/show-held.ts'
import { keyPlace, keyPlaceSentence } from '../key-place.ts'
import { explainNotices, noticesRecord } from '../output/show-notices.ts'
import { commandLine } from '../arguments/steps.ts'
import { situationOf } from '../output/situation.ts'
import { unbroken } from '../output/wrap.ts'

export const statusCommand: Command = {
  name: 'status',
  summary: 'show the linked accounts and what you can do now',
  description: `Shows for each account its state, its contacts on the device, when they were last updated, and which
commands are allowed now, or why not. It starts nothing and changes nothing. With --json one object
per line.`,
  options: storeOptions,
  run: async (context) => {
    const { output } = context
    const opened = await context.open('look')
    for (const account of opened.book.accounts.get()) {
      const key = account.list?.status === 'ready' ? await keyPlace(opened, account.source) : null
      if (output.json) output.record({ ...statusRecord(context, opened, account), key })
      else printAccount(context, opened, { ...account, key })
    }
    if (!output.json) {
      const { sentence, others } = opened.remarks
      if (sentence !== null && opened.book.accounts.get().some(({ list }) => list)) output.result(sentence)
      output.result(
        `The contacts are stored in ${unbroken(opened.store)}${opened.storeExists ? '' : ' (does not exist yet)'}`,
      )
      if (others) {
        output.result(others.sentence)
        output.result(
          `To see them, use "${commandLine(context.program, 'status', ['--store', others.store])}".`,
        )
      }
    }
    return 0
  },
}

const statusRecord = (context: CommandContext, opened: OpenedBook, account: LinkedAccountView): object => {
  const { store, storeExists } = opened
  const explanation = explainEnd(context, opened, account.source, account)
  return {
    ...account,
    ageSeconds: account.lastUpdated === null ? null : ageOf(account.lastUpdated),
    notices: noticesRecord(context, opened, account),
    store,
    storeExists,
    isInvented: opened.remarks.isInvented,
    ...(explanation && {
      message: explanation.happened,
      next: explanation.next,
      administrator: explanation.administrator,
    }),
  }
}

/** In whole seconds. Never negative, even if the clock was set back. */
const ageOf = (time: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(time)) / 1000))

const unreadable = { locked: 'storage-locked', lost: 'storage-key-lost' } as const

interface KeptAccount extends LinkedAccountView {
  readonly key: KeyPlace | null
}

const printAccount = (context: CommandContext, opened: OpenedBook, account: KeptAccount): void => {
  const { output, messages } = context
  const { source, list, isStale } = account
  const situation = situationOf(context, opened, source)
  output.result(`${capitalized(messages.sources[source])}: ${stateSentence(account)}`, 'strong')
  const who = account.account?.username
  if (who !== undefined) output.result(`  Account: ${output.untrusted(who)}`)
  if (list) {
    const count = list.capped
      ? messages.contactsOf(list.count, list.available)
      : messages.contacts(list.count)
    const since = messages.time(list.completedAt)
    output.result(
      `  On this device: ${count}, ${isStale ? `not updated since ${since}` : `updated ${since}`}`,
      isStale ? 'warn' : 'plain',
    )
    if (list.status !== 'ready') {
      const why = explainRefusal(messages, unreadable[list.status], situation)
      output.result(`  ${why.happened}`, 'warn')
      output.result(`  ${why.next}`)
    }
    if (account.key) output.result(`  ${keyPlaceSentence(messages, account.key)}`, 'dim')
    if (list.incomplete > 0) output.result(`  ${messages.incomplete(list.incomplete)}.`, 'dim')
  } else output.result('  On this device: no contacts')
  for (const { happened, next } of explainNotices(context, opened, account)) {
    output.result(`  ${happened}`, 'warn')
    output.result(`  ${next}`)
  }
  if (account.lastTried !== null) output.result(`  Last tried: ${messages.time(account.lastTried)}`)
  const explanation = explainEnd(context, opened, account.source, account)
  if (explanation) {
    output.result(`  ${explanation.happened}`)
    output.result(`  ${explanation.next}`)
    if (explanation.administrator !== null)
      output.result(`  ${untrustedText(explanation.administrator)}`, 'dim')
  }
  showHeld(context, opened, source)
  output.result('  Commands allowed now:')
  for (const [type, name] of Object.entries(commandNames) as [CommandType, string][]) {
    const refusal = account.commands[type]
    const otherwise = refusal === null ? null : allowedOtherwise(context, opened, account, type)
    const why =
      refusal === null
        ? 'yes'
        : otherwise === null
          ? `no: ${explainRefusal(messages, refusal, situation).happened}`
          : `yes: ${otherwise}`
    output.result(`    ${name.padEnd(9)} ${why}`, refusal === null || otherwise !== null ? 'plain' : 'dim')
  }
}

/** What a command does although the book refuses a new attempt; null if it is refused as well. */
const allowedOtherwise = (
  { options }: CommandContext,
  { remarks }: OpenedBook,
  account: LinkedAccountView,
  type: CommandType,
): string | null => {
  if (resumes(account, type)) return 'resumes the interrupted import'
  const startsOver =
    type === 'signIn' &&
    account.source === 'microsoft365' &&
    remarks.isInvented &&
    options.store === undefined
  return startsOver ? 'replaces these invented contacts' : null
}

/** Whether the command resumes the attempt of a process that died, although the book refuses a new attempt. */
const resumes = ({ state, runner }: LinkedAccountView, type: CommandType): boolean =>
  runner === 'nobody' && (type === 'signIn' || (type === 'refresh' && state === 'fetching'))

const stateSentence = ({ state, runner, code }: LinkedAccountView): string => {
  switch (state) {
    case 'idle':
      return 'not linked'
    case 'consenting':
      return runner === 'nobody' ? 'interrupted during the sign-in' : 'waiting for the sign-in'
    case 'fetching':
      return runner === 'nobody' ? 'interrupted while importing' : 'importing'
    case 'capped':
      return 'imported up to the limit'
    case 'failed':
      return code === 'removal-held' ? 'a refresh waits for your approval' : state
    case 'imported':
    case 'cancelled':
      return state
  }
}
