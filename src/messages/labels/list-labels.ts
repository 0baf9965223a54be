import type { Source } from '../../domain/source.ts'
import type { Sentences, Steps } from '../catalogue.ts'

/** Why `<contact-list>` shows no contacts. */
export type EmptyReason =
  | 'loading'
  | 'not-connected'
  | 'signing-in'
  | 'incoming'
  | 'no-contacts'
  | 'locked'
  | 'lost'
  | 'cancelled'
  | 'no-permission'
  | 'offline'
  | 'failed'
  | 'no-hit'
  | 'no-hit-yet'
  | 'search-failed'

/** The words of `<contact-list>`. */
export interface ListLabels {
  readonly heading: string
  /** How a person gives each command in `<contact-settings>`, within a sentence. */
  readonly steps: Steps
  readonly search: string
  readonly clearSearch: string
  /** How many contacts a search found. `isAll`: false if there may be more. */
  readonly results: (count: number, isAll: boolean) => string
  /** How many results there are while more may come. */
  readonly resultsSoFar: (count: number) => string
  /** How many contacts there are while more arrive. */
  readonly soFar: (count: number) => string
  /** Why there is nothing to see, and what follows or what to do. */
  readonly empty: Readonly<Record<EmptyReason, Sentences>>
  readonly openSettings: string
  /** Name of the rail with the letters. */
  readonly letters: string
  readonly noName: string
  readonly incomplete: string
  /** Short names of the sources, for a badge. */
  readonly badges: Readonly<Record<Source, string>>
  readonly call: (number: string) => string
  /** What the place beside the list says before a contact is chosen. */
  readonly choose: string
  /** Name of the place for the card. */
  readonly card: string
  readonly back: string
  readonly close: string
}
