/** A checkpoint that is being written: it counts once its last page stands, and nothing came in between. */
export interface PendingCheckpoint {
  readonly page: number
  readonly of: number
}

/**
 * Whether this page goes on with the checkpoint that is being written. A first one begins a checkpoint,
 * whatever was being written before; any other page without the one before it counts for nothing.
 */
export const continuesCheckpoint = (
  pending: PendingCheckpoint | null,
  { page, of }: PendingCheckpoint,
): boolean => page === 1 || (pending !== null && pending.page === page - 1 && pending.of === of)
