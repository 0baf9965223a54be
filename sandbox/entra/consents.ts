import type { Person } from '../people.ts'

/** Which scopes each person agreed to, for themselves or, as administrator, for the whole tenant. */
export class Consents {
  readonly #granted = new Map<string, Set<string>>()

  granted(person: Person): Set<string> {
    return new Set([...this.#of(person.objectId), ...this.#of(person.tenantId)])
  }

  grant(person: Person, scopes: Iterable<string>, forOrganization: boolean): void {
    const granted = this.#of(forOrganization ? person.tenantId : person.objectId)
    for (const scope of scopes) granted.add(scope)
  }

  /** Takes back what the person agreed to, and what an administrator did for them. */
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
