import type { Person } from '../people.ts'

/** The scopes to which each person consented, for themselves or, as administrator, for the whole tenant. */
export class Consents {
  readonly #granted = new Map<string, Set<string>>()

  granted(person: Person): Set<string> {
    return new Set([...this.#of(person.objectId), ...this.#of(person.tenantId)])
  }

  grant(person: Person, scopes: Iterable<string>, forOrganization: boolean): void {
    const granted = this.#of(forOrganization ? person.tenantId : person.objectId)
    for (const scope of scopes) granted.add(scope)
  }

  /** Revokes the consent of the person and that of an administrator on their behalf. */
  revoke(person: Person): void {
    this.#granted.delete(person.objectId)
    this.#granted.delete(person.tenantId)
  }

  #of(owner: string): Set<string> {
    const granted = this.#granted.get(owner) ?? new Set<string>()
    this.#granted.set(owner, granted)
    return granted
  }
}
