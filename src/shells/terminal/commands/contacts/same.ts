import { displayName } from '../../../../index.ts'
import type { CommandResult, Contact } from '../../../../index.ts'
import { explainRefusal } from '../../../../messages.ts'
import { storeOptions } from '../../arguments/options.ts'
import { commandLine } from '../../arguments/steps.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { contactsWithKey, keyBeginnings, sayNotOne } from '../../contacts/contact-with-key.ts'
import { openListed } from '../../contacts/listed-contacts.ts'
import type { ListedContacts } from '../../contacts/listed-contacts.ts'
import { briefRecord } from '../../output/contact/person-sources.ts'
import { printExplanation } from '../../output/print-explanation.ts'
import { situationOf } from '../../output/situation.ts'

const argument = {
  value: 'KEY KEY',
  what: 'the keys of two contacts',
  isRequired: true,
  isText: false,
  count: 2,
}

export const sameCommand: Command = {
  name: 'same',
  summary: 'say that two contacts are one person',
  description: `From now on the two contacts with these keys, from two sources, are shown as one: see "list" and "show". A
refresh and a new name do not change that. Neither contact is changed at its source, and "export" writes
both. It counts until you use "not-same", or sign out of one of the accounts. Beginnings of keys are
enough, as for "show". With --json one object.

With --undo it takes back what you said of them with "same" or "not-same". They are then shown as one
only if they have enough in common: see "duplicates".`,
  options: [...storeOptions, 'undo'],
  argument,
  run: (context) => decide(context, 'same'),
}

export const notSameCommand: Command = {
  name: 'not-same',
  summary: 'say that two contacts are two persons',
  description: `From now on the two contacts with these keys, from two sources, are shown as two, whatever they have in
common, and "duplicates" does not print them. A refresh and a new name do not change that. It counts until
you use "same", or sign out of one of the accounts. Beginnings of keys are enough, as for "show". With
--json one object.

With --undo it takes back what you said of them with "same" or "not-same". They are then shown as one if
they have enough in common: see "duplicates".`,
  options: [...storeOptions, 'undo'],
  argument,
  run: (context) => decide(context, 'not-same'),
}

type Pair = readonly [Contact, Contact]

/** What the command line says of two contacts. Null: it takes back what was said. */
interface Said {
  readonly listed: ListedContacts
  readonly pair: Pair
  readonly isSame: boolean | null
  readonly command: 'same' | 'not-same'
}

const decide = async (context: CommandContext, command: Said['command']): Promise<ExitCode> => {
  const listed = await openListed(context)
  const isSame = context.options.undo ? null : command === 'same'
  const found = context.words.map((word) => contactsWithKey(listed, word))
  const contacts = found.flatMap((each) => (each.length === 1 ? each : []))
  for (const [index, each] of found.entries())
    if (each.length !== 1) {
      const record = decisionRecord(context, { contacts, isSame })
      return sayNotOne(context, listed, context.words[index] ?? '', each, record)
    }
  const [one, other] = contacts
  if (one === undefined || other === undefined || one === other)
    throw new UsageError('Both keys are of the same contact: give the keys of two.')
  const said: Said = { listed, pair: [one, other], isSame, command }
  const before = isDecided(said)
  const answer = await listed.opened.book.identify(one.key, other.key, said.isSame)
  if (!answer.ok) return refused(context, said, answer.refusal)
  if (context.output.json)
    context.output.record({
      ...decisionRecord(context, { contacts: said.pair, isSame }),
      code: null,
      refusal: null,
    })
  else if (said.isSame === null) sayTakenBack(context, said, before)
  else sayRecorded(context, said, said.isSame)
  return 0
}

const isDecided = ({ listed, pair }: Said): boolean =>
  listed.opened.book.identities.get().some(({ contacts }) => pair.every(({ key }) => contacts.includes(key)))

const sayRecorded = (context: CommandContext, said: Said, isSame: boolean): void => {
  const { output } = context
  const opposite = lineOf(context, said, isSame ? 'not-same' : 'same')
  output.result(`Recorded: ${namesOf(context, said)} are ${isSame ? 'one person' : 'two persons'}.`, 'good')
  output.result(
    isSame
      ? 'They are shown as one contact, also after a refresh. Neither is changed at its source.'
      : 'They are shown as two contacts, also after a refresh.',
  )
  output.result(`If they are ${isSame ? 'two persons' : 'one person'} after all, use "${opposite}".`)
  output.result(`To take this back, use "${lineOf(context, said, said.command, ['--undo'])}".`)
}

const sayTakenBack = (context: CommandContext, said: Said, wasDecided: boolean): void => {
  const { output, program } = context
  const names = namesOf(context, said)
  if (wasDecided) output.result(`Taken back: what you said of ${names}.`, 'good')
  else output.result(`There is nothing to take back: you have said nothing of ${names}.`)
  const { listed, pair } = said
  const show = commandLine(program, 'show', [
    keyBeginnings(listed)(pair[0].key),
    ...listed.opened.again.store,
  ])
  output.result(`They are shown as one if they have enough in common. To see it, use "${show}".`)
}

const lineOf = (
  { program }: CommandContext,
  { listed, pair }: Said,
  command: Said['command'],
  options: readonly string[] = [],
): string => {
  const beginning = keyBeginnings(listed)
  return commandLine(program, command, [
    ...pair.map(({ key }) => beginning(key)),
    ...options,
    ...listed.opened.again.store,
  ])
}

const namesOf = ({ output, messages }: CommandContext, { pair }: Said): string =>
  pair
    .map(
      (contact) =>
        `${output.untrusted(displayName(contact)) || '(no name)'} (${messages.sources[contact.source]})`,
    )
    .join(' and ')

const refused = (
  context: CommandContext,
  said: Said,
  refusal: Extract<CommandResult, { ok: false }>['refusal'],
): ExitCode => {
  const { output, messages } = context
  const { listed, pair, isSame } = said
  const explanation = explainRefusal(messages, refusal, situationOf(context, listed.opened, pair[0].source))
  const { happened: message, next } = explanation
  if (output.json)
    output.record({
      ...decisionRecord(context, { contacts: pair, isSame }),
      code: refusal,
      refusal,
      message,
      next,
    })
  printExplanation(output, explanation)
  return 1
}

/** Of a decision and of each refusal. */
const decisionRecord = (
  { store }: CommandContext,
  { contacts, isSame }: { readonly contacts: readonly Contact[]; readonly isSame: boolean | null },
) => ({ contacts: contacts.map(briefRecord), isSame, store })
