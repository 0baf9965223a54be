import {
  FRAME_HEADER,
  hasCommitMark,
  HEADER,
  isStored,
  type ReadBytes,
  readHeader,
  sumOfFrame,
} from './damaged-frame.ts'

/** What a WAL changes in its database. */
export interface CommittedPages {
  /** In bytes. */
  readonly pageSize: number
  /** How many pages the database has after the last commit. */
  readonly count: number
  /** For each page that changes, by its number from 1, where its content is in the WAL. */
  readonly offsets: ReadonlyMap<number, number>
}

/**
 * The pages that SQLite would read from a WAL instead of from the database: of all commits up to the first frame that is
 * not as it was written (sqlite.org: Database File Format, "Reader Algorithm"). Null if there are none.
 */
export const committedPages = (read: ReadBytes): CommittedPages | null => {
  const header = read(0, HEADER)
  const generation = header.length < HEADER ? null : readHeader(header)
  if (generation === null) return null
  const { frameBytes, isBigEndian, salts } = generation
  const offsets = new Map<number, number>()
  let pending: (readonly [page: number, offset: number])[] = []
  let count = 0
  let { sum } = generation
  for (let offset = HEADER; ; offset += frameBytes) {
    const frame = read(offset, frameBytes)
    if (frame.length < frameBytes || !frame.subarray(8, 16).equals(salts)) break
    sum = sumOfFrame(sum, frame, isBigEndian)
    if (!isStored(sum, frame, 16)) break
    pending.push([frame.readUInt32BE(0), offset + FRAME_HEADER])
    if (!hasCommitMark(frame)) continue
    for (const [page, place] of pending) offsets.set(page, place)
    pending = []
    count = frame.readUInt32BE(4)
  }
  return count === 0 ? null : { pageSize: frameBytes - FRAME_HEADER, count, offsets }
}
