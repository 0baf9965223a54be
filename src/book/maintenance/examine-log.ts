import { isImportFailure } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import { dueTask } from '../../machines/account-state.ts'
import type { EventStore } from '../../ports/event-store.ts'
import { restoreSnapshot, CONTACT_LIST_SNAPSHOT } from '../../projections/contact-list-snapshot.ts'
import { fromStored, isFromTheFuture } from '../log/event-codec.ts'
import { BookState } from '../log/book-state.ts'

/** What a log contains, and which parts of it are damaged. No personal data. */
export interface LogExamination {
  readonly events: number
  /** Number of readable payloads. */
  readonly payloads: number
  /** Number of payloads that cannot be read although they were never dropped. */
  readonly lostPayloads: number
  /** Whether it has events that only a later version understands. */
  readonly isNewer: boolean
  /** Whether every event can be read, is valid, and fits the state in which it is replayed. */
  readonly isReplayable: boolean
  /** Whether the lists are complete when folded from the events; `only-saved`: only in a saved view. */
  readonly lists: 'whole' | 'only-saved' | 'damaged'
  /** Number of contacts of each source that has a list. */
  readonly contacts: Readonly<Partial<Record<Source, number>>>
  /** Sources that are signed out and not yet erased. */
  readonly erasing: readonly Source[]
  /** Sources with an attempt under way, in any process. */
  readonly underWay: readonly Source[]
  /** Sources that are linked, or about to be. */
  readonly linked: readonly Source[]
}

/** Reads a whole log and reports what it finds. Starts and changes nothing. Does not throw because of damage. */
export const examineLog = async (store: EventStore): Promise<LogExamination> => {
  const state = new BookState()
  const count = { events: 0, payloads: 0, lostPayloads: 0 }
  let isNewer = store.newer
  let lastSwap = 0
  const isReplayable = await succeeds(async () => {
    for await (const stored of store.read(0, { payloads: true })) {
      count.events++
      if (isFromTheFuture(stored)) {
        isNewer = true
        continue
      }
      const event = fromStored(stored)
      if (event.payload !== null) count.payloads++
      if (event.isPayloadDamaged) count.lostPayloads++
      if (event.type === 'attempt.completed' || event.type === 'removal.approved') lastSwap = event.position
      state.fold(event)
    }
  })
  const states = state.machines.states()
  const isWhole = Object.values(state.lists).every(({ isDamaged }) => !isDamaged)
  const contacts = sources
    .filter((source) => states[source].context.list !== null)
    .map((source) => [source, states[source].context.list?.count] as const)
  const examination: LogExamination = {
    ...count,
    isNewer,
    isReplayable,
    lists: isWhole ? 'whole' : (await isSaved(store, lastSwap)) ? 'only-saved' : 'damaged',
    contacts: Object.fromEntries(contacts),
    erasing: sources.filter((source) => (state.tombstones.last[source]?.before ?? 0) > 0),
    underWay: sources.filter((source) => dueTask(state.machines.snapshot(source)) !== null),
    linked: sources.filter((source) => states[source].state !== 'idle'),
  }
  state.machines.stop()
  return examination
}

/** Whether a saved view has the lists as of the event at this position. */
const isSaved = async (store: EventStore, position: number): Promise<boolean> => {
  const saved = await store.loadView(CONTACT_LIST_SNAPSHOT.name, CONTACT_LIST_SNAPSHOT.version)
  return saved !== null && saved.position >= position && restoreSnapshot(saved.data, saved.parts) !== null
}

const succeeds = async (work: () => Promise<void>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    if (isImportFailure(error)) return false
    throw error
  }
}
