import type { SourceContact } from '../../../domain/contact.ts'
import { resourceNameOf } from '../contact/map-person.ts'
import { isFields } from '../contact/person-reader.ts'

/**
 * Which contact has which resource name. A contact keeps its id, the name under which it was first seen, when Google gives it
 * another name: a change names the former ones (`previousResourceNames`), and a complete list only the id of the contact itself
 * (People API, "Person").
 */
export class ResourceNames {
  /** From each later name to the id. */
  readonly #ids: Map<string, string>
  readonly #onDevice: ReadonlyMap<string, SourceContact>
  /** The contacts on the device by their other id. Made when it is first needed: most lists have no new name. */
  #byAlias: ReadonlyMap<string, string> | null = null
  /** The name under which each contact of this attempt was seen. */
  readonly #current = new Map<string, string>()

  constructor(ids: Iterable<readonly [string, string]>, onDevice: ReadonlyMap<string, SourceContact>) {
    this.#ids = new Map(ids)
    this.#onDevice = onDevice
  }

  /** The later names, to be remembered. */
  get later(): ReadonlyMap<string, string> {
    return this.#ids
  }

  /** The id of the contact with this name, which becomes its current one. */
  take(name: string, alias: string | undefined, person: unknown): string {
    const id = this.#known(name) ?? this.#renamed(name, alias, person) ?? name
    this.#current.set(id, name)
    if (id !== name) this.#ids.set(name, id)
    return id
  }

  /** The id of the contact that is deleted under this name; null if it has another name by now. */
  deleted(name: string): string | null {
    const id = this.#known(name) ?? name
    return (this.#current.get(id) ?? name) === name ? id : null
  }

  /** The ids that a contact had under its former names, other than the one that it keeps: they name nothing any more. */
  former(person: unknown): readonly string[] {
    const name = resourceNameOf(person)
    const id = name === null ? undefined : this.#known(name)
    return formerNames(person).filter(
      (each) => each !== id && !this.#ids.has(each) && !this.#current.has(each),
    )
  }

  /** The last known name of a contact. */
  of(id: string): string {
    const current = this.#current.get(id)
    if (current !== undefined) return current
    let last = id
    for (const [name, other] of this.#ids) if (other === id) last = name
    return last
  }

  #known(name: string): string | undefined {
    const id = this.#ids.get(name)
    if (id !== undefined) return id
    return this.#onDevice.has(name) || this.#current.has(name) ? name : undefined
  }

  #renamed(name: string, alias: string | undefined, person: unknown): string | undefined {
    const former = formerNames(person).map((each) => this.#known(each))
    const id = former.find((each) => each !== undefined) ?? this.#withAlias(alias)
    // Two contacts that claim one id would leave only one of them.
    const current = id === undefined ? undefined : this.#current.get(id)
    return current === undefined || current === name ? id : undefined
  }

  #withAlias(alias: string | undefined): string | undefined {
    if (alias === undefined) return undefined
    this.#byAlias ??= new Map(
      [...this.#onDevice.values()].flatMap(({ id, alias: other }) =>
        other === undefined ? [] : [[other, id]],
      ),
    )
    return this.#byAlias.get(alias)
  }
}

const formerNames = (person: unknown): readonly string[] => {
  const metadata = isFields(person) ? person['metadata'] : undefined
  const names = isFields(metadata) ? metadata['previousResourceNames'] : undefined
  return Array.isArray(names) ? names.filter((name: unknown) => typeof name === 'string') : []
}
