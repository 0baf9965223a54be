import { isImportFailure } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import type { Source } from '../../domain/source.ts'
import { dueTask } from '../../machines/account-state.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { KeyPlace, KeyVault } from '../../ports/key-vault.ts'
import type { Clock } from '../../ports/clock.ts'
import { BookState } from '../log/book-state.ts'
import { loadSnapshot } from '../log/encrypted-snapshot.ts'
import { LinkingKeys, type NoKey } from '../log/linking-keys.ts'
import { Log } from '../log/log.ts'
import { OlderLists } from './older-lists.ts'

/** What a log contains, and which parts of it are damaged. No personal data. */
export interface LogExamination {
  readonly events: number
  /** Number of readable payloads. */
  readonly payloads: number
  /** Number of payloads that the medium has lost, although they were never dropped. */
  readonly lostPayloads: number
  /** Whether it has events that only a later version understands. */
  readonly isNewer: boolean
  /** Whether every event can be read, is valid, and fits the state in which it is replayed. */
  readonly isReplayable: boolean
  /**
   * Whether the lists that are folded from the events are complete. `only-saved`: only a saved view has them. `locked`: the
   * vault does not answer. `lost`: the vault has no key for one of them.
   */
  readonly lists: 'whole' | 'only-saved' | 'damaged' | NoKey
  /** Number of contacts of each source that has a list. */
  readonly contacts: Readonly<Partial<Record<Source, number>>>
  /** Where the key of each linked source is. A source whose key does not fit is left out. */
  readonly keys: Readonly<Partial<Record<Source, KeyPlace>>>
  /** Sources that are signed out, with an unfinished erasure. */
  readonly erasing: readonly Source[]
  /** Sources with an attempt under way, in any process. */
  readonly underWay: readonly Source[]
  /** Sources whose list may be out of date, because the store lost changes. */
  readonly older: readonly Source[]
  /** Sources that are linked or being linked. */
  readonly linked: readonly Source[]
}

/** Reads a whole log and reports what it finds. Starts and changes nothing. Does not throw because of damage. */
export const examineLog = async (store: EventStore, vault: KeyVault): Promise<LogExamination> => {
  const state = new BookState()
  const keys = new LinkingKeys(vault, store.key)
  const log = new Log(store, unusedClock, keys)
  const olderLists = new OlderLists(store.changesLostAfter)
  const count = { events: 0, payloads: 0, lostPayloads: 0 }
  let lastSwap = 0
  const isReplayable = await succeeds(async () => {
    for await (const { payload } of store.read(0, { payloads: true })) {
      count.events++
      if (payload !== null) count.payloads++
    }
    for await (const event of log.readOn({ payloads: true })) {
      if (event.unreadable === 'damaged') count.lostPayloads++
      if (event.type === 'attempt.completed' || event.type === 'removal.approved') lastSwap = event.position
      state.fold(event)
      olderLists.fold(event)
    }
  })
  const states = state.machines.states()
  const contacts = sources
    .filter((source) => states[source].context.list !== null)
    .map((source) => [source, states[source].context.list?.count] as const)
  const linked = sources.filter((source) => states[source].state !== 'idle')
  const examination: LogExamination = {
    ...count,
    isNewer: log.isNewer,
    isReplayable,
    lists: await examineLists(state, store, keys, lastSwap),
    contacts: Object.fromEntries(contacts),
    erasing: sources.filter((source) => (state.tombstones.last[source]?.before ?? 0) > 0),
    underWay: sources.filter((source) => dueTask(state.machines.snapshot(source)) !== null),
    older: sources.filter((source) => olderLists.mayBeOlder(source)),
    linked,
    keys: await placesOf(
      keys,
      log,
      linked.filter((source) => state.missingKey(source) === null),
    ),
  }
  state.machines.stop()
  return examination
}

const placesOf = async (
  keys: LinkingKeys,
  log: Log,
  linked: readonly Source[],
): Promise<LogExamination['keys']> => {
  const places: Partial<Record<Source, KeyPlace>> = {}
  for (const source of linked) {
    const place = await keys.placeOf(source, log.linking(source)).catch(() => null)
    if (place !== null) places[source] = place
  }
  return places
}

const examineLists = async (
  state: BookState,
  store: EventStore,
  keys: LinkingKeys,
  lastSwap: number,
): Promise<LogExamination['lists']> => {
  const gaps = Object.values(state.lists).flatMap(({ unreadable }) => unreadable ?? [])
  const [gap] = gaps
  if (gap === undefined) return 'whole'
  if (await isSaved(store, keys, lastSwap)) return 'only-saved'
  return gaps.includes('damaged') ? 'damaged' : gap
}

/** Whether a saved view has the lists as of the event at this position. */
const isSaved = async (store: EventStore, keys: LinkingKeys, position: number): Promise<boolean> => {
  const saved = await loadSnapshot(store, keys)
  return saved !== null && saved.position >= position
}

/** Never called, because an examination records nothing. */
const unusedClock: Clock = {
  now: () => {
    throw new TypeError('an examination records nothing')
  },
  newId: () => {
    throw new TypeError('an examination records nothing')
  },
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
