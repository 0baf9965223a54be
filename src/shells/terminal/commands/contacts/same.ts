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
enough, as for "show". With --json one object.`,
  options: storeOptions,
  argument,
  run: (context) => decide(context, true),
}

export const notSameCommand: Command = {
  name: 'not-same',
  summary: 'say that two contacts are two persons',
  description: `From now on the two contacts with these keys, from two sources, are shown as two, whatever they have in
common, and "duplicates" does not print them. A refresh and a new name do not change that. It counts until
you use "same", or sign out of one of the accounts. Beginnings of keys are enough, as for "show". With
--json one object.`,
  options: storeOptions,
  argument,
  run: (context) => decide(context, false),
}

type Pair = readonly [Contact, Contact]

const decide = async (context: CommandContext, isSame: boolean): Promise<ExitCode> => {
  const listed = await openListed(context)
  const contacts: Contact[] = []
  for (const word of context.words) {
    const found = contactsWithKey(listed, word)
    const [contact, another] = found
    if (!contact || another) return sayNotOne(context, listed, word, found)
    contacts.push(contact)
  }
  const [one, other] = contacts
  if (one === undefined || other === undefined || one === other)
    throw new UsageError('Both keys are of the same contact: give the keys of two.')
  const answer = await listed.opened.book.identify(one.key, other.key, isSame)
  return answer.ok
    ? told(context, listed, [one, other], isSame)
    : refused(context, listed, [one, other], isSame, answer.refusal)
}

const told = (context: CommandContext, listed: ListedContacts, pair: Pair, isSame: boolean): ExitCode => {
  const { output, messages, program } = context
  const beginning = keyBeginnings(listed)
  if (output.json) {
    output.record({ ...decisionRecord(context, pair, isSame), code: null, refusal: null })
    return 0
  }
  const [one, other] = pair.map(
    (contact) =>
      `${output.untrusted(displayName(contact)) || '(no name)'} (${messages.sources[contact.source]})`,
  )
  const opposite = commandLine(program, isSame ? 'not-same' : 'same', [
    ...pair.map(({ key }) => beginning(key)),
    ...listed.opened.again.store,
  ])
  output.result(
    `Recorded: ${one ?? ''} and ${other ?? ''} are ${isSame ? 'one person' : 'two persons'}.`,
    'good',
  )
  output.result(
    isSame
      ? 'They are shown as one contact, also after a refresh. Neither is changed at its source.'
      : 'They are shown as two contacts, also after a refresh.',
  )
  output.result(`If they are ${isSame ? 'two persons' : 'one person'} after all, use "${opposite}".`)
  return 0
}

const refused = (
  context: CommandContext,
  { opened }: ListedContacts,
  pair: Pair,
  isSame: boolean,
  refusal: Extract<CommandResult, { ok: false }>['refusal'],
): ExitCode => {
  const { output, messages } = context
  const explanation = explainRefusal(messages, refusal, situationOf(context, opened, pair[0].source))
  const { happened: message, next } = explanation
  if (output.json)
    output.record({ ...decisionRecord(context, pair, isSame), code: refusal, refusal, message, next })
  printExplanation(output, explanation)
  return 1
}

const decisionRecord = ({ store }: CommandContext, pair: Pair, isSame: boolean) => ({
  contacts: pair.map(briefRecord),
  isSame,
  store,
})
