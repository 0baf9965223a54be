import type { Source } from '../../domain/source.ts'

/** The words of `<contact-list>` and `<contact-card>` for a person who has contacts in several sources. */
export interface PeopleLabels {
  /** `Microsoft 365 and Google Contacts`. */
  readonly sources: (sources: readonly Source[]) => string
  /** Above the contacts that are shown as one person, and what that means. */
  readonly heading: string
  readonly hint: string
  /** The button that shows a contact by itself. */
  readonly separate: string
  /** That the contact of this source is shown by itself now, and that it is no longer. */
  readonly separated: (source: Source) => string
  readonly rejoined: string
  /** That it is shown by itself, because of what was said in another tab. */
  readonly separatedElsewhere: (source: Source) => string
  /** That this is not the same person as the one with this name, as was decided; the button that takes it back; and that it did. */
  readonly apart: (name: string, source: Source) => string
  readonly takeBack: string
  readonly takenBack: string
  readonly undo: string
  /** How a person answers once more, within a sentence. */
  readonly again: string
  /** `3 possible duplicates`. */
  readonly possible: (count: number) => string
  readonly review: string
  readonly title: string
  readonly intro: string
  /** What two contacts have in common. */
  readonly reasons: Readonly<Record<'name' | 'email' | 'phone', string>>
  /** Name of the two contacts, within a list of such pairs. */
  readonly pair: (one: string, other: string) => string
  readonly same: string
  readonly notSame: string
  /** What became of a pair with this name: by an answer of either kind, and when that was taken back. */
  readonly joined: (name: string) => string
  readonly keptApart: (name: string) => string
  readonly undone: (name: string) => string
  readonly showMore: string
  readonly nothingLeft: string
  readonly close: string
  /** That the pairs could not be loaded, and what to do. */
  readonly unavailable: string
}
