/** sqlite.org: Database File Format, "The WAL File Format". */
export const HEADER = 32
export const FRAME_HEADER = 24
/** The lowest bit says whether checksums read the file as big-endian words. */
const MAGIC = 0x377f0682

/** Reads `length` bytes of a WAL, or fewer where it ends. */
export type ReadBytes = (offset: number, length: number) => Buffer

interface Sum {
  readonly first: number
  readonly second: number
}

/**
 * The offset at which a WAL is damaged so that SQLite ignores changes that were committed: SQLite reads up to the
 * first frame that is not as it was written, and silently ignores the rest. Null if it reads everything.
 *
 * It is normal that a file ends within a frame; that it ends with frames without the mark of a commit, because a
 * transaction was interrupted or rolled back; and that frames of earlier generations (other salts) follow those of
 * the current one. So a frame that is not as it was written counts as damage only if it has the mark of a commit, or
 * a later frame of the same generation has.
 *
 * Two cases cannot be told apart from others. A file that lost its end looks like one that was interrupted there. A
 * commit whose mark reached the disk before its other pages, because the power failed before it was complete, looks
 * like a damaged one.
 */
export const findDamage = (read: ReadBytes): number | null => {
  const header = read(0, HEADER)
  const frame = read(HEADER, 1)
  // Without a frame there is nothing to lose.
  if (header.length < HEADER || frame.length === 0) return null
  const generation = readHeader(header)
  return generation === null ? 0 : findDamagedFrame(read, generation)
}

/**
 * The same for a WAL into which other processes may be writing. They write frames in order. So if a frame had not
 * been written yet when it was read, but a later one had when that was read, the frame is there at the second
 * reading.
 */
export const findLastingDamage = (read: ReadBytes): number | null => {
  const found = findDamage(read)
  return found !== null && findDamage(read) === found ? found : null
}

interface Generation {
  readonly isBigEndian: boolean
  readonly frameBytes: number
  readonly salts: Buffer
  readonly sum: Sum
}

/** Null if SQLite would not recognise the header. */
export const readHeader = (header: Buffer): Generation | null => {
  const magic = header.readUInt32BE(0)
  if (magic !== MAGIC && magic !== MAGIC + 1) return null
  const isBigEndian = magic !== MAGIC
  const sum = add({ first: 0, second: 0 }, header.subarray(0, 24), isBigEndian)
  if (!isStored(sum, header, 24)) return null
  const frameBytes = FRAME_HEADER + header.readUInt32BE(8)
  return { isBigEndian, frameBytes, salts: header.subarray(16, 24), sum }
}

const findDamagedFrame = (read: ReadBytes, { isBigEndian, frameBytes, salts, sum }: Generation) => {
  let before = sum
  let damaged: number | null = null
  for (let offset = HEADER; ; offset += frameBytes) {
    const frame = read(offset, frameBytes)
    if (frame.length < frameBytes) return null
    const isCurrent = frame.subarray(8, 16).equals(salts)
    if (damaged !== null) {
      if (isCurrent && hasCommitMark(frame)) return damaged
      continue
    }
    const after = sumOfFrame(before, frame, isBigEndian)
    const isRight = isStored(after, frame, 16)
    if (isCurrent && isRight) {
      before = after
      continue
    }
    // The checksum does not cover the salts. If it is right, the frame belongs here, and its salts are damaged.
    const belongs = isCurrent || isRight
    if (belongs && (hasCommitMark(frame) || lostCommitMark(before, frame, isBigEndian))) return offset
    damaged = offset
  }
}

/** The number of pages after the commit; 0 in all frames of a transaction but the last. */
export const hasCommitMark = (frame: Buffer): boolean => frame.readUInt32BE(4) !== 0

/** Whether the frame is as it was written, except for a commit mark of which one bit is missing. */
const lostCommitMark = (before: Sum, frame: Buffer, isBigEndian: boolean): boolean => {
  const marked = Buffer.from(frame)
  for (let bit = 0; bit < 32; bit++) {
    marked.writeUInt32BE((1 << bit) >>> 0, 4)
    if (isStored(sumOfFrame(before, marked, isBigEndian), marked, 16)) return true
  }
  return false
}

export const sumOfFrame = (before: Sum, frame: Buffer, isBigEndian: boolean): Sum =>
  add(add(before, frame.subarray(0, 8), isBigEndian), frame.subarray(FRAME_HEADER), isBigEndian)

/** "Checksum Algorithm" on the same page. */
const add = ({ first, second }: Sum, bytes: Buffer, isBigEndian: boolean): Sum => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let offset = 0; offset < bytes.length; offset += 8) {
    first = (first + view.getUint32(offset, !isBigEndian) + second) >>> 0
    second = (second + view.getUint32(offset + 4, !isBigEndian) + first) >>> 0
  }
  return { first, second }
}

export const isStored = ({ first, second }: Sum, bytes: Buffer, offset: number): boolean =>
  bytes.readUInt32BE(offset) === first && bytes.readUInt32BE(offset + 4) === second
