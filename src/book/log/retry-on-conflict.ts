import { ImportFailure } from '../../domain/failures.ts'
import { PositionConflict } from '../../ports/event-store.ts'

/** Conflicts after which a writer gives up. */
export const CONFLICT_LIMIT = 20

/** From this conflict on, a writer pauses before it tries again. The first conflicts are usually coincidence. */
const PAUSE_FROM = 3

/** The upper limit of the pause grows by this much with each conflict, up to `LONGEST_PAUSE_MS`. */
const PAUSE_STEP_MS = 2
const LONGEST_PAUSE_MS = 25

/**
 * Optimistic concurrency: `append` decides on the newest state that was read, and appends. If another writer
 * appended first (`PositionConflict`), `catchUp` reads the new events and `append` runs again. From the third
 * conflict on it pauses for a few random ms, so that competing writers fall out of step.
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
