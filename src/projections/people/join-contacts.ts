import type { Contact, ContactKey } from '../../domain/contact.ts'
import { keysOf, type Candidate, type Pause } from './find-candidates.ts'
import type { Identity } from './identities.ts'

/** Which contacts are one person. */
export interface JoinedContacts {
  /** The contacts of each person who has several, by the key of each of them. */
  readonly together: ReadonlyMap<ContactKey, readonly Contact[]>
  /** Candidates that were not joined: the person may know. */
  readonly open: readonly Candidate[]
}

/**
 * Joins contacts: first as the person said, the newest decision first; then those that are surely one person, unless one of
 * them may be two. A person has at most one contact of each source, except where the person said otherwise. The result does
 * not depend on the order of the contacts or of the candidates.
 *
 * @param pause lets other work run between the steps
 */
export const joinContacts = async (
  contacts: readonly Contact[],
  candidates: readonly Candidate[],
  { identities, pause }: { readonly identities: readonly Identity[]; readonly pause: Pause },
): Promise<JoinedContacts> => {
  await pause()
  const groups = new Groups(
    contacts,
    identities.filter(({ isSame }) => !isSame),
  )
  for (const { contacts: pair, isSame } of identities) if (isSame) groups.join(pair)
  const said = new Set(identities.map(({ contacts: pair }) => pair.join(' ')))
  await pause()
  const unsaid = candidates.filter(({ contacts: pair }) => {
    const keys = keysOf(pair)
    return !said.has(keys.join(' ')) && groups.mayBeJoined(...keys)
  })
  await pause()
  const joined = unambiguous(unsaid)
  await pause()
  for (const { contacts: pair } of joined) if (groups.mayBeJoined(...keysOf(pair))) groups.join(keysOf(pair))
  await pause()
  return {
    together: groups.together(),
    open: unsaid.filter(({ contacts: pair }) => groups.mayBeJoined(...keysOf(pair))),
  }
}

/** The sure candidates of which neither contact has another one in the source of its partner, in the order of their keys. */
const unambiguous = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const sure = candidates.filter(({ isSure }) => isSure)
  const counts = new Map<string, number>()
  const sides = ({ contacts: [{ contact: one }, { contact: other }] }: Candidate) => [
    `${one.key} ${other.source}`,
    `${other.key} ${one.source}`,
  ]
  for (const side of sure.flatMap(sides)) counts.set(side, (counts.get(side) ?? 0) + 1)
  const textOf = ({ contacts }: Candidate) => keysOf(contacts).join(' ')
  return sure
    .filter((candidate) => sides(candidate).every((side) => counts.get(side) === 1))
    .toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
}

/** Contacts in groups that only grow. */
class Groups {
  readonly #contacts: ReadonlyMap<ContactKey, Contact>
  readonly #apart: readonly Identity[]
  readonly #groups = new Map<ContactKey, readonly Contact[]>()

  constructor(contacts: readonly Contact[], apart: readonly Identity[]) {
    this.#contacts = new Map(contacts.map((contact) => [contact.key, contact]))
    this.#apart = apart
  }

  /** Joins the groups of two contacts, unless the person keeps two of their contacts apart. */
  join([one, other]: readonly [ContactKey, ContactKey]): void {
    const [ones, others] = [this.#of(one), this.#of(other)]
    if (ones.length === 0 || others.length === 0 || ones === others || this.#areApart(ones, others)) return
    const all = [...ones, ...others]
    for (const { key } of all) this.#groups.set(key, all)
  }

  /** Whether two contacts could be joined without asking. */
  mayBeJoined(one: ContactKey, other: ContactKey): boolean {
    const [ones, others] = [this.#of(one), this.#of(other)]
    const sources = new Set(ones.map(({ source }) => source))
    return !others.some(({ source }) => sources.has(source)) && !this.#areApart(ones, others)
  }

  together(): ReadonlyMap<ContactKey, readonly Contact[]> {
    return this.#groups
  }

  #of(key: ContactKey): readonly Contact[] {
    const group = this.#groups.get(key)
    if (group) return group
    const contact = this.#contacts.get(key)
    return contact ? [contact] : []
  }

  #areApart(ones: readonly Contact[], others: readonly Contact[]): boolean {
    if (this.#apart.length === 0) return false
    const [one, other] = [ones, others].map((group) => new Set(group.map(({ key }) => key)))
    return this.#apart.some(
      ({ contacts: [a, b] }) =>
        (one?.has(a) && other?.has(b)) === true || (one?.has(b) && other?.has(a)) === true,
    )
  }
}
