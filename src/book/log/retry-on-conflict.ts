import { ImportFailure } from '../../domain/failures.ts'
import { PositionConflict } from '../../ports/event-store.ts'

/** Conflicts after which a writer gives up. */
export const CONFLICT_LIMIT = 20

/** From this conflict on a writer waits before it tries again: the first ones are mere coincidence. */
const PAUSE_FROM = 3

/** The longest pause grows by so many ms with each conflict, up to `LONGEST_PAUSE_MS`. */
const PAUSE_STEP_MS = 2
const LONGEST_PAUSE_MS = 25

/**
 * Optimistic concurrency: `append` decides on the newest state that was read, and appends. Where another writer
 * appended first (`PositionConflict`), `catchUp` reads on and `append` runs again. From the third conflict on it
 * pauses for a random time of a few ms, so that writers who keep meeting each other come apart.
 *
 * Throws `ImportFailure` `storage-busy` at the 20th conflict; nothing is recorded then.
 */
export const retryOnConflict = async <T>(
  append: () => Promise<T>,
  catchUp: () => Promise<unknown>,
): Promise<T> => {
  for (let conflicts = 1; ; conflicts++) {
    try {
      return await append()
    } catch (error) {
      if (!(error instanceof PositionConflict)) throw error
      if (conflicts >= CONFLICT_LIMIT) throw new ImportFailure('storage-busy', {}, error)
      if (conflicts >= PAUSE_FROM) await pause(conflicts)
      await catchUp()
    }
  }
}

const pause = (conflicts: number): Promise<void> => {
  const longest = Math.min(PAUSE_STEP_MS * (conflicts - PAUSE_FROM + 1), LONGEST_PAUSE_MS)
  return new Promise((resolve) => setTimeout(resolve, Math.random() * longest))
}
