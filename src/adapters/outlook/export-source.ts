import * as v from 'valibot'
import { abortable } from '../../async/abortable.ts'
import { untilAborted } from '../../async/until-aborted.ts'
import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import { CONTACT_LIMIT } from '../../domain/limit.ts'
import type { Json, SourceReport } from '../../domain/reports.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../ports/contact-source.ts'
import type { ExportFile } from './export-file.ts'
import { FittingContacts } from './fitting-contacts.ts'
import { LeftOutFiles, mayLeaveOut } from './left-out-files.ts'
import { PAGE, readExport, type ReadPage } from './read-export.ts'

/** Bytes that most likely hold more contacts than fit. Of these files, only those that fit are passed on. */
const LARGE = 8 * 1024 * 1024

/** The exported files as they are now. */
export interface FoundExport {
  /** Where they were found, to find them again at a refresh; null if only the person can find them. */
  readonly place: string | null
  readonly files: readonly ExportFile[]
}

/**
 * Finds the exported files. Throws if it cannot.
 *
 * @param known the `place` of the last import
 */
export type ExportFinder = (known: string | null) => Promise<FoundExport>

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const cursorForm = v.object({
  version: v.literal(1),
  place: v.nullable(v.string()),
  /** Name, size and time of each file. */
  files: v.pipe(v.array(v.pipe(v.tuple([v.string(), v.number(), v.number()]), v.readonly())), v.readonly()),
  /** How many pages are recorded; absent once all are. */
  pages: v.exactOptional(count),
  /** The names of those that could not be read. */
  leftOut: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())),
  /** What was not passed on; absent if everything was. It is the same as long as the files are. */
  beyond: v.exactOptional(v.object({ contacts: count, skipped: count })),
})

type Cursor = v.InferOutput<typeof cursorForm>

/**
 * Reads the files that the Outlook app exported. They are read as a whole: only their sizes and times say whether anything changed
 * since the last import. Throws `file-unreadable` and `file-unknown-columns`.
 */
export const exportSource = (find: ExportFinder): ContactSource => ({
  source: 'outlook',
  async *fetch(request: FetchRequest, context: FetchContext): AsyncGenerator<SourceReport> {
    const { signal } = context
    signal.throwIfAborted()
    const cursors = [request.resumeFrom, request.changesSince, request.lastCursor ?? null].map(readCursor)
    const known = cursors.find((cursor) => cursor !== null) ?? null
    const reports = readFiles(() => abortable(find(known?.place ?? null), signal), request, signal)
    try {
      // A disk that does not answer must not hold up a cancel.
      yield* untilAborted(reports, signal)
    } catch (error) {
      signal.throwIfAborted()
      throw failureOf(error, known)
    }
  },
})

/** A file that cannot be read any more is named by its date, so that a person who looks for it knows which one it was. */
const failureOf = (error: unknown, known: Cursor | null): ImportFailure => {
  const failure = isImportFailure(error) ? error : new ImportFailure('file-unreadable', {}, error)
  const { code, details, cause } = failure
  if (code !== 'file-unreadable' || details.fileHolds !== undefined || !known?.files.length) return failure
  const newest = new Date(Math.max(...known.files.map(([, , modified]) => modified)))
  return Number.isNaN(newest.getTime())
    ? failure
    : new ImportFailure(code, { ...details, fileTime: newest.toISOString() }, cause)
}

async function* readFiles(
  find: () => Promise<FoundExport>,
  { changesSince, resumeFrom, lastCursor = changesSince, onDevice = new Map() }: FetchRequest,
  signal: AbortSignal,
): AsyncGenerator<SourceReport, undefined> {
  const found = await find()
  const cursor = cursorOf(found)
  const known = readCursor(changesSince)
  // A file may be readable by now without being another one.
  if (known && known.pages === undefined && known.leftOut === undefined && isSame(known, cursor)) {
    yield finished(cursor, true, known.beyond)
    return
  }
  const resumed = readCursor(resumeFrom)
  const isResumed = resumed && resumed.leftOut === undefined && isSame(resumed, cursor)
  const recorded = isResumed ? (resumed.pages ?? 0) : null
  let pages = 0
  const isSafe = mayLeaveOut(readCursor(lastCursor), found.files)
  // The pages that are recorded have its contacts: without it, the next ones would begin elsewhere.
  const leftOut = new LeftOutFiles((file) => pages >= (recorded ?? 0) && isSafe(file))
  const now = () => (leftOut.names.length > 0 ? { ...cursor, leftOut: leftOut.names } : cursor)
  const fitting = new FittingContacts(onDevice, isLarge(found) ? 0 : CONTACT_LIMIT)
  for await (const page of fittingPages(readExport(found.files, signal, leftOut), fitting)) {
    // Only now is it known that the files are contacts.
    if (pages++ === 0 && recorded === null) yield { type: 'contacts.counted', count: null }
    if (pages > (recorded ?? 0)) yield { type: 'page.fetched', ...page, cursor: { ...now(), pages } }
  }
  // Only a head: such a file must not empty a list.
  if (pages === 0) throw new ImportFailure('file-unreadable', { fileHolds: 'no-contacts' })
  // A file that was replaced meanwhile may have been read in parts of both.
  const verified = isSame(cursor, cursorOf(await find())) && leftOut.names.length === 0
  yield finished(now(), verified, fitting.beyond())
}

const finished = (cursor: Cursor, verified: boolean, beyond: Cursor['beyond']): SourceReport => ({
  type: 'listing.finished',
  cursor: { ...cursor, ...(beyond && { beyond }) },
  verified,
  ...(beyond && { beyond }),
})

const isLarge = ({ files }: FoundExport): boolean => files.reduce((sum, { size }) => sum + size, 0) > LARGE

/** The pages of the files without the contacts that cannot be on the device. */
async function* fittingPages(
  pages: AsyncIterable<ReadPage>,
  fitting: FittingContacts,
): AsyncGenerator<ReadPage, void, undefined> {
  for await (const page of pages) {
    const passed = fitting.add(page)
    if (passed) yield passed
  }
  yield* fitting.rest(PAGE)
}

const cursorOf = ({ place, files }: FoundExport): Cursor => ({
  version: 1,
  place,
  files: files.map(({ name, size, modified }) => [name, size, modified.getTime()] as const),
})

/** Null for a cursor of another version. */
const readCursor = (cursor: Json): Cursor | null => {
  const { success, output } = v.safeParse(cursorForm, cursor)
  return success ? output : null
}

const isSame = (one: Cursor, other: Cursor): boolean =>
  one.place === other.place && JSON.stringify(one.files) === JSON.stringify(other.files)
