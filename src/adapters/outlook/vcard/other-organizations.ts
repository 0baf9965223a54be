import type { Organization } from '../../../domain/contact.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The organizations of a card after the first. A group joins one with its title (RFC 6350, section 3.3). */
export class OtherOrganizations {
  readonly #all: { group: string; organization: Writable<Organization> }[] = []

  get all(): readonly Organization[] {
    return this.#all.map(({ organization }) => organization)
  }

  add(group: string, [name, department]: readonly [string, string]): void {
    if (name === '' && department === '') return
    const titled = this.#of(group)
    const isNew = titled === undefined || titled.name !== undefined || titled.department !== undefined
    const organization = isNew ? {} : titled
    if (name !== '') organization.name = name
    if (department !== '') organization.department = department
    if (isNew) this.#all.push({ group, organization })
  }

  /**
   * Whether the title belongs to one of them.
   *
   * @param isOther whether a group of its own makes it the title of a further one, of which no more is known
   */
  title(group: string, title: string, isOther: boolean): boolean {
    const organization = this.#of(group)
    if (organization) organization.title ??= title
    else if (group !== '' && isOther) this.#all.push({ group, organization: { title } })
    else return false
    return true
  }

  #of(group: string): Writable<Organization> | undefined {
    return group === '' ? undefined : this.#all.findLast((each) => each.group === group)?.organization
  }
}
