import type { Organization } from '../../../domain/contact.ts'

/** The organizations of a card after the first. A group joins one with its title (RFC 6350, section 3.3). */
export class OtherOrganizations {
  readonly #all: { group: string; organization: { -readonly [K in keyof Organization]: Organization[K] } }[] =
    []

  get all(): readonly Organization[] {
    return this.#all.map(({ organization }) => organization)
  }

  add(group: string, [name, department]: readonly [string, string]): void {
    if (name === '' && department === '') return
    this.#all.push({
      group,
      organization: { ...(name !== '' && { name }), ...(department !== '' && { department }) },
    })
  }

  /** Whether the title belongs to one of them. */
  title(group: string, title: string): boolean {
    const last = group === '' ? undefined : this.#all.findLast((each) => each.group === group)
    if (last === undefined) return false
    last.organization.title ??= title
    return true
  }
}
