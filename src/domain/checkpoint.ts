/** A checkpoint being written. It takes effect with its last page, if no other event was recorded between its pages. */
export interface PendingCheckpoint {
  readonly page: number
  readonly of: number
}

/**
 * Whether a page continues the checkpoint being written. Page 1 always begins a new checkpoint; a later page counts
 * only directly after the previous one.
 */
export const continuesCheckpoint = (
  pending: PendingCheckpoint | null,
  { page, of }: PendingCheckpoint,
): boolean => page === 1 || (pending !== null && pending.page === page - 1 && pending.of === of)
