import type { Person } from '../people.ts'

/** The scopes that each person granted to each app, for themselves or, as administrator, for the whole tenant. */
export class Consents {
  /** By owner (a person or a tenant), then by client id. */
  readonly #granted = new Map<string, Map<string, Set<string>>>()

  granted(person: Person, clientId: string): Set<string> {
    return new Set([...this.#of(person.objectId, clientId), ...this.#of(person.tenantId, clientId)])
  }

  grant(person: Person, clientId: string, scopes: Iterable<string>, forOrganization: boolean): void {
    const granted = this.#of(forOrganization ? person.tenantId : person.objectId, clientId)
    for (const scope of scopes) granted.add(scope)
  }

  /** Revokes the consent of the person and that of an administrator on their behalf, for all apps. */
  revoke(person: Person): void {
    this.#granted.delete(person.objectId)
    this.#granted.delete(person.tenantId)
  }

  #of(owner: string, clientId: string): Set<string> {
    const byClient = this.#granted.get(owner) ?? new Map<string, Set<string>>()
    this.#granted.set(owner, byClient)
    const granted = byClient.get(clientId) ?? new Set<string>()
    byClient.set(clientId, granted)
    return granted
  }
}
