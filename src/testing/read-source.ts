import type { SkippedContact, SourceContact } from '../domain/contact.ts'
import type { Json, SourceReport } from '../domain/reports.ts'
import type { ContactSource, FetchProgress, FetchRequest } from '../ports/contact-source.ts'

export type PageReport = Extract<SourceReport, { type: 'page.fetched' }>

export interface SourceReading {
  readonly reports: readonly SourceReport[]
  readonly pages: readonly PageReport[]
  /** The ids of all contacts, in the order of arrival. */
  readonly ids: readonly string[]
  /** The skipped contacts, in the order in which they were reported. */
  readonly skipped: readonly SkippedContact[]
  /** The list that the reports result in, by id. */
  readonly contacts: ReadonlyMap<string, SourceContact>
  /** Where to continue: the cursor of the last page or changes. */
  readonly cursor: Json
  /** The last report, if the source was read to its end. */
  readonly finished: Extract<SourceReport, { type: 'listing.finished' }> | null
  /** The progress shown meanwhile. */
  readonly shown: readonly FetchProgress[]
}

export interface ReadOptions extends Partial<Omit<FetchRequest, 'attempt'>> {
  readonly signal?: AbortSignal
  /** Stops after this many reports, like a process that dies. */
  readonly stopAfter?: number
  /** The contacts on the device, on which changes build. */
  readonly list?: ReadonlyMap<string, SourceContact>
}

export const fetchRequest = (more: Partial<FetchRequest> = {}): FetchRequest => ({
  attempt: 'attempt-1',
  resumeFrom: null,
  recorded: new Map(),
  changesSince: null,
  ...more,
})

/** Reads a source to its end. */
export const readSource = async (
  source: ContactSource,
  {
    signal = new AbortController().signal,
    stopAfter = Infinity,
    list = new Map(),
    ...request
  }: ReadOptions = {},
): Promise<SourceReading> => {
  const reports: SourceReport[] = []
  const shown: FetchProgress[] = []
  const context = { signal, progress: (progress: FetchProgress) => shown.push(progress) }
  for await (const report of source.fetch(fetchRequest(request), context)) {
    reports.push(report)
    if (reports.length >= stopAfter) break
  }
  const pages = reports.filter((report): report is PageReport => report.type === 'page.fetched')
  const last = reports.at(-1)
  return {
    reports,
    shown,
    pages,
    ids: pages.flatMap(({ contacts }) => contacts.map(({ id }) => id)),
    skipped: reports.flatMap((report) => ('skipped' in report ? report.skipped : [])),
    contacts: reports.reduce(
      apply,
      (request.resumeFrom ?? null) === null ? list : (request.recorded ?? list),
    ),
    cursor: reports.reduce<Json>((cursor, report) => ('cursor' in report ? report.cursor : cursor), null),
    finished: last?.type === 'listing.finished' ? last : null,
  }
}

/** Applies a report to a list, as `SourceReport` defines it. */
const apply = (
  list: ReadonlyMap<string, SourceContact>,
  report: SourceReport,
): ReadonlyMap<string, SourceContact> => {
  if (report.type === 'contacts.counted') return new Map()
  if (report.type === 'listing.finished') return list
  const next = new Map(list)
  for (const { id, folder } of 'removed' in report ? report.removed : []) {
    const known = next.get(id)?.folder
    if (folder === undefined || known === undefined || known === folder) next.delete(id)
  }
  for (const { id } of report.skipped) if (id !== undefined) next.delete(id)
  for (const contact of 'contacts' in report ? report.contacts : report.upserted)
    next.set(contact.id, contact)
  return next
}
