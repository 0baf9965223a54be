import { displayName, MOST_ROWS } from '../../../../index.ts'
import type { Contact, MatchReason, PossibleDuplicate } from '../../../../index.ts'
import { peopleOptions } from '../../arguments/options.ts'
import { commandLine } from '../../arguments/steps.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { keyBeginnings } from '../../contacts/contact-with-key.ts'
import { sayWhatIsMissing, sayWhoseTheyAre } from '../../contacts/listed-contacts.ts'
import { withPeople } from '../../contacts/listed-people.ts'
import type { ListedPeople } from '../../contacts/listed-people.ts'
import type { DetailGroup } from '../../output/contact/contact-details.ts'
import { contactLine } from '../../output/contact/contact-line.ts'
import { briefRecord } from '../../output/contact/person-sources.ts'
import { printDetails } from '../../output/contact/print-details.ts'

/** Two contacts that may be one person. */
interface Pair {
  readonly contacts: readonly Contact[]
  readonly reasons: readonly MatchReason[]
}

const reasonNames: Readonly<Record<MatchReason, string>> = {
  name: 'name',
  email: 'e-mail address',
  phone: 'number',
}

export const duplicatesCommand: Command = {
  name: 'duplicates',
  summary: 'print contacts of two sources that may be one person',
  description: `Prints pairs of contacts of two sources that may be one person, those with most in common first: both
contacts, what they have in common, and the commands with which you decide. A pair that you have decided
is not printed again.

Two contacts are one person, and not printed here, if they have the same full name and also an e-mail
address or a number in common, or the same e-mail address and names that fit. Contacts of one source are
not joined unless you say that both are the same as one of the other source, and none is changed at its
source. Numbers without a country code are read as those of --country. With --json one object per pair: "contacts", the "key", "source" and "name" of both, and
"reasons": "name", "email", "phone".`,
  options: peopleOptions,
  run: (context) =>
    withPeople(context, async (listed): Promise<ExitCode> => {
      const pairs = await pairsOf(listed)
      sayWhoseTheyAre(context, listed)
      if (context.output.json) for (const pair of pairs) context.output.record(pairRecord(pair))
      else print(context, listed, pairs)
      if (pairs.length === 0) sayThatThereAreNone(context, listed)
      return 0
    }),
}

const pairsOf = async ({ client, contacts }: ListedPeople): Promise<readonly Pair[]> => {
  const found: PossibleDuplicate[] = []
  for (let more = MOST_ROWS; more === MOST_ROWS;) {
    const next = await client().duplicates(found.length, found.length + MOST_ROWS)
    found.push(...next)
    more = next.length
  }
  const byKey = new Map(contacts.map((contact) => [contact.key, contact]))
  return found.map(({ rows, reasons }) => ({
    contacts: rows.flatMap(({ key }) => byKey.get(key) ?? []),
    reasons,
  }))
}

const pairRecord = ({ contacts, reasons }: Pair): object => ({
  contacts: contacts.map(briefRecord),
  reasons,
})

const print = (
  { output, messages, program }: CommandContext,
  listed: ListedPeople,
  pairs: readonly Pair[],
): void => {
  const beginning = keyBeginnings(listed)
  const group = ({ contacts, reasons }: Pair): DetailGroup => {
    const keys = contacts.map(({ key }) => beginning(key))
    const line = (command: string) =>
      `"${commandLine(program, command, [...keys, ...listed.opened.again.store])}"`
    const names = new Set(contacts.map((contact) => output.untrusted(displayName(contact)) || '(no name)'))
    return {
      title: [...names].join(' and '),
      fields: [
        ...contacts.map(
          (contact) =>
            [
              messages.sources[contact.source],
              `${beginning(contact.key)}  ${contactLine(contact, (text) => text)}`,
            ] as const,
        ),
        ['in common', reasons.map((reason) => reasonNames[reason]).join(', ')],
        ['one person', line('same')],
        ['two persons', line('not-same')],
      ],
    }
  }
  printDetails(output, pairs.map(group))
}

const sayThatThereAreNone = (context: CommandContext, listed: ListedPeople): void => {
  const { output, messages } = context
  const [source, another] = new Set(listed.contacts.map((contact) => contact.source))
  if (source === undefined) sayWhatIsMissing(context, listed)
  else if (another === undefined)
    output.note(
      `All contacts on this device are from ${messages.sources[source]}. Only those of two sources are compared.`,
    )
  else output.note('There are no contacts to review: no others look like one person in two sources.')
}
