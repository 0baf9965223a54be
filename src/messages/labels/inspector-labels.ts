import type { EventType } from '../../domain/events.ts'

/** The states of the statechart, as its definition names them. */
export type ChartedState = 'idle' | 'consenting' | 'fetching' | 'imported' | 'capped' | 'failed' | 'cancelled'

/** The words of `<import-inspector>`. States, events and guards keep the names that the code has. */
export interface InspectorLabels {
  readonly heading: string
  readonly intro: string
  /** What each state means, and what each event records: whole sentences. */
  readonly states: Readonly<Record<ChartedState, string>>
  readonly events: Readonly<Record<EventType, string>>
  /** The choice of a source, and that of all sources. */
  readonly shown: string
  readonly all: string
  readonly chart: string
  readonly log: string
  /** Before a transition that every state has. */
  readonly everywhere: string
  readonly state: string
  readonly last: string
  readonly noTransition: string
  readonly sameState: string
  /** The guard that allowed a transition. */
  readonly guard: string
  /** Begins the list of the events that the state takes. */
  readonly next: string
  readonly none: string
  readonly reading: string
  readonly unavailable: string
  /** That this many earlier events are not shown. */
  readonly earlier: (count: number) => string
  readonly back: string
  readonly forward: string
  readonly now: string
  readonly pause: string
  readonly goOn: string
  /** That the past is shown, and the imports continue meanwhile: event `at` of `count`. */
  readonly past: (at: number, count: number) => string
  /** The same while it is paused, and this many events have come since then. */
  readonly paused: (count: number) => string
  readonly live: string
  readonly copy: string
  readonly copied: string
  readonly copyFailed: string
  readonly position: string
  readonly attempt: string
  /** Time of the last minute. */
  readonly justNow: string
  readonly official: {
    readonly heading: string
    /** Where it comes from and what it sees, before how it is opened. */
    readonly sees: string
    readonly neverSees: string
    readonly open: string
  }
}
