import { contactsClient } from '../../../index.ts'
import { countryOf } from '../arguments/country-of.ts'
import { commandLine } from '../arguments/steps.ts'
import type { CommandContext } from '../command.ts'
import type { CommandOutcome } from '../output/result-record.ts'
import type { OpenedBook } from '../parts.ts'

/**
 * The outcomes of imports and refreshes, those that completed with the number of pairs of contacts that may be one person. It is
 * counted only if contacts of two sources are on the device: to compare them takes longer than to open the store.
 */
export const withDuplicates = async (
  { options }: CommandContext,
  { book }: OpenedBook,
  outcomes: readonly CommandOutcome[],
): Promise<readonly CommandOutcome[]> => {
  const isCompleted = outcomes.some(({ completion }) => completion)
  if (!isCompleted || new Set(book.contacts.get().map(({ source }) => source)).size < 2) return outcomes
  const client = contactsClient(book, { phone: { country: await countryOf(options.country) } })
  try {
    await client.everyone()
    const { duplicates } = client.list.get()
    return outcomes.map((outcome) => (outcome.completion ? { ...outcome, duplicates } : outcome))
  } finally {
    client.close()
  }
}

/** The last line of an import or a refresh: that people may be in two lists, and how to review them. */
export const sayDuplicates = (
  { output, messages, program }: CommandContext,
  { again }: OpenedBook,
  outcomes: readonly CommandOutcome[],
): void => {
  const count = outcomes.find(({ duplicates }) => duplicates !== undefined)?.duplicates ?? 0
  if (output.json || count === 0) return
  const people = count === 1 ? '1 person' : `${messages.number(count)} people`
  const line = commandLine(program, 'duplicates', again.store)
  output.result(`${people} may be in both lists. To decide, use "${line}".`)
}
