import { resolve } from 'node:path'
import { csv, vcards } from '../../../../index.ts'
import type { Contact, VcardVersion } from '../../../../index.ts'
import { didYouMean, nearest } from '../../arguments/did-you-mean.ts'
import { storeOptions } from '../../arguments/options.ts'
import type { Options } from '../../arguments/options.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { openListed, sayWhatIsMissing, sayWhoseTheyAre } from '../../contacts/listed-contacts.ts'
import { unbroken } from '../../output/wrap.ts'
import { checkPlace, writeExport } from '../../files/write-export.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the contacts as vCards or as a table',
  description: `Writes the contacts on this device as --format vcard, for other address books, or --format csv, for
spreadsheets, to standard output or with --out to a new file that only you can read. A card has the same
UID in each export. Every contact is written as its source has it: a person who has contacts in two
sources is written twice. With --json, which needs --out, one object with the number of contacts and the
file.

In a CSV, an apostrophe begins each cell that a spreadsheet would run as a formula or rewrite as a number
or a date, and each that begins with one anyway. Within a cell, it comes before a formula or an apostrophe
that follows a semicolon, a tab or a line break. A program that removes one apostrophe in each of these
places has the values as the source wrote them. Dates with the names of months are known in English.`,
  options: [...storeOptions, 'format', 'vcard-version', 'out', 'force'],
  run: async (context) => {
    const { options, store } = context
    const format = formatOf(options)
    if (options.out !== undefined) await checkPlace(options.out, store, options.force)
    const listed = await openListed(context)
    sayWhoseTheyAre(context, listed)
    const code = await (options.out === undefined ? toOutput : toFile)(context, format, listed.contacts)
    sayWhatIsMissing(context, listed)
    return code
  },
}

/** Null: a CSV. */
type Format = VcardVersion | null

/** Throws `UsageError` if the options name none, or do not fit it. */
const formatOf = ({ format, vcardVersion, json, out, force }: Options): Format => {
  const formats = ['vcard', 'csv']
  if (format === undefined) throw new UsageError('Name the format: --format vcard or --format csv.')
  const name = format.toLowerCase()
  if (!formats.includes(name))
    throw new UsageError(`Option --format must be vcard or csv.${didYouMean(nearest(name, formats))}`)
  if (json && out === undefined) throw new UsageError('With this command, --json also needs --out FILE.')
  if (force && out === undefined) throw new UsageError('Option --force also needs --out FILE.')
  if (vcardVersion !== undefined && name === 'csv')
    throw new UsageError('Option --vcard-version also needs --format vcard.')
  if (name === 'csv') return null
  if (vcardVersion === undefined || vcardVersion === '4.0' || vcardVersion === '4') return '4.0'
  if (vcardVersion === '3.0' || vcardVersion === '3') return '3.0'
  throw new UsageError('Option --vcard-version must be 4.0 or 3.0.')
}

const pieces = (contacts: readonly Contact[], format: Format): AsyncIterable<string> =>
  format === null ? csv(contacts) : vcards(contacts, { version: format })

const toOutput = async (
  { output }: CommandContext,
  format: Format,
  contacts: readonly Contact[],
): Promise<ExitCode> => {
  for await (const piece of pieces(contacts, format)) if (!(await output.piece(piece))) break
  if (output.isClosed)
    output.note('The program that reads the result has ended before all contacts were written.', 'bad')
  return output.isClosed || output.isIncomplete ? 1 : 0
}

const toFile = async (
  { output, options, messages, interruption, store }: CommandContext,
  format: Format,
  contacts: readonly Contact[],
): Promise<ExitCode> => {
  const path = resolve(options.out ?? '')
  const stopListening = interruption.listen(() => undefined)
  const isStopped = () => interruption.happened
  const ended = await writeExport(path, pieces(contacts, format), {
    force: options.force,
    isStopped,
  }).finally(stopListening)
  if (ended === 'stopped') return interruption.exitCode
  const failed = ended === 'written' ? null : ended
  if (output.json)
    output.record({
      store,
      format: format === null ? 'csv' : 'vcard',
      version: format,
      contacts: contacts.length,
      out: failed ? null : path,
      ...failed,
    })
  else if (!failed) output.result(`Wrote ${messages.contacts(contacts.length)} to ${unbroken(path)}`)
  if (!failed) return 0
  output.note(failed.message, 'bad')
  output.note(failed.next)
  return 1
}
