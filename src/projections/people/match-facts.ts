import type { Contact, Email, Phone } from '../../domain/contact.ts'
import { foldText } from '../search/text/fold-text.ts'
import { joinedChunk, splitWords } from '../search/text/split-words.ts'

/** What two contacts are compared by. Numbers are not read yet: that takes the most time, and few pairs need it. */
export interface MatchFacts {
  readonly contact: Contact
  /** The folded words of the name, in alphabetical order. Neither titles nor nicknames nor companies. */
  readonly name: readonly string[]
  /** These words as one text. */
  readonly fullName: string
  /** Addresses of one person, in lower case, each once. */
  readonly emails: readonly string[]
  /** The numbers on which the person may be reached. */
  readonly phones: readonly Phone[]
}

/** Values of one kind that count: no contact may make the comparison slow. */
const MOST_VALUES = 100

/**
 * Mailboxes of a role, which several people read: those of RFC 2142, and others that companies print on their cards.
 */
const roles = new Set(
  `abuse account accounting accounts admin administration all anfrage billing booking bookings buchhaltung buero career careers
contact contacto customerservice empfang enquiries enquiry family familie feedback finance ftp hallo hello help helpdesk
hostmaster hr info information inquiries inquiry invoice invoices jobs kontakt kundenservice legal mail mailbox marketing media
news newsletter noc no-reply noreply office order orders personal post postmaster praxis press presse privacy rechnung reception
redaktion reservation reservations root sales security sekretariat service services shop support team usenet uucp verwaltung
vertrieb webmaster welcome www zentrale`.split(/\s+/),
)

/** What a contact is compared by. */
export const matchFacts = (contact: Contact): MatchFacts => {
  const name = nameWords(contact)
  return {
    contact,
    name,
    fullName: name.join(' '),
    emails: [...new Set(contact.emails.slice(0, MOST_VALUES).flatMap(personalAddress))],
    phones: contact.phones
      .slice(0, MOST_VALUES)
      .filter(({ kind }) => kind !== 'company' && kind !== 'assistant'),
  }
}

const nameWords = ({ name }: Contact): readonly string[] => {
  const parts = [name.given, name.middle, name.family, name.suffix]
  const words = wordsOf((name.given ?? name.family) === undefined ? [name.full] : parts)
  return words.length > 0 ? words : wordsOf([name.full])
}

const wordsOf = (texts: readonly (string | undefined)[]): readonly string[] =>
  texts.flatMap((text = '') => splitWords(foldText(text)).map(joinedChunk)).toSorted()

/** Nothing for internal names of Exchange and for the mailbox of a role. */
const personalAddress = ({ address = '', routingType }: Email): readonly string[] => {
  const folded = address.trim().toLowerCase()
  const at = folded.lastIndexOf('@')
  if (routingType !== undefined || at <= 0 || roles.has(folded.slice(0, at).replace(/\+.*/, ''))) return []
  return [folded]
}

/** Whether two names may be those of one person: one is missing, or its words and initials are all in the other. */
export const areCompatible = (one: readonly string[], other: readonly string[]): boolean => {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one]
  const left = [...many]
  // Whole words first: an initial must not take the word that another one needs.
  return few
    .toSorted((a, b) => b.length - a.length)
    .every((word) => {
      const index = left.findIndex(
        (each) => each === word || isInitialOf(word, each) || isInitialOf(each, word),
      )
      if (index >= 0) left.splice(index, 1)
      return index >= 0
    })
}

const isInitialOf = (initial: string, word: string): boolean =>
  initial.length === 1 && word.startsWith(initial)
