import { sources } from '../../../index.ts'
import type { AttemptRecord, ContactBook, PastList, SkipReason } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { commandNames } from '../arguments/command-names.ts'
import type { Command, CommandContext } from '../command.ts'
import { storeOptions } from '../arguments/options.ts'
import { printTable } from '../output/print-table.ts'
import { changesRecord, showChanges } from '../output/show-changes.ts'

export const historyCommand: Command = {
  name: 'history',
  summary: 'print what each import did',
  description: `Prints one line per attempt, oldest first: how it ended, what it added, updated and removed, how many
contacts are incomplete, and which were left out and why. With --changes also the contacts that were
added (+), changed (~) and removed (-), which are stored for at least 30 days. With --json one object
per line.`,
  options: [...storeOptions, 'changes'],
  run: async (context) => {
    const { output, messages, options } = context
    const { book } = await context.open('look')
    const records = book.history.get()
    const isUnreadable = book.accounts.get().some(({ list }) => list && list.status !== 'ready')
    if (isUnreadable) output.note('The names cannot be read at the moment: see "status".', 'warn')
    if (options.changes) await withChanges(context, book)
    else if (output.json) records.forEach((record) => output.record(record))
    else if (records.length === 0) output.note('Nothing has been imported yet.')
    else {
      const head = [
        '#',
        'when',
        'source',
        'command',
        'result',
        'added',
        'updated',
        'removed',
        'incomplete',
        'left out',
      ]
      printTable(output, [head, ...records.map((record) => row(messages, record))])
    }
    return 0
  },
}

const withChanges = async ({ output, messages }: CommandContext, book: ContactBook): Promise<void> => {
  const past = new Map<string, PastList>()
  for (const source of sources) {
    for (const list of await book.past(source)) past.set(list.attempt, list)
  }
  for (const record of book.history.get()) {
    const list = past.get(record.attempt)
    if (output.json) output.record({ ...record, changes: list ? changesRecord(list) : null })
    else {
      output.result(row(messages, record).join('  '))
      if (list) showChanges(output, list)
      else if (record.completion && record.outcome !== 'held')
        output.result('  (the names are no longer stored)')
    }
  }
}

const row = (messages: Messages, record: AttemptRecord): readonly string[] => {
  const { completion, outcome, code } = record
  const count = (value: number | undefined) =>
    value === undefined || outcome === 'held' ? '–' : messages.number(value)
  return [
    String(record.number),
    messages.time(record.requestedAt),
    messages.sources[record.source],
    commandNames[record.by],
    code === null ? outcome : `${outcome}: ${code}`,
    count(completion?.added),
    count(completion?.updated),
    count(completion?.removed),
    count(completion?.incomplete),
    leftOut(messages, record) || '–',
  ]
}

const leftOut = (messages: Messages, { skipped }: AttemptRecord): string =>
  Object.entries(skipped)
    .map(([reason, count]) => messages.skips[reason as SkipReason](count))
    .join(', ')
