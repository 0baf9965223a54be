import type { Json, SourceReport } from '../domain/reports.ts'
import type { ContactSource, FetchProgress } from '../ports/contact-source.ts'

export type PageReport = Extract<SourceReport, { type: 'page.fetched' }>

export interface SourceReading {
  readonly reports: readonly SourceReport[]
  readonly pages: readonly PageReport[]
  /** Of all contacts, in the order in which they came. */
  readonly ids: readonly string[]
  /** What was shown meanwhile. */
  readonly shown: readonly FetchProgress[]
}

/** Reads a source to its end. */
export const readSource = async (
  source: ContactSource,
  {
    resumeFrom = null,
    signal = new AbortController().signal,
  }: { resumeFrom?: Json; signal?: AbortSignal } = {},
): Promise<SourceReading> => {
  const reports: SourceReport[] = []
  const shown: FetchProgress[] = []
  const context = { signal, progress: (progress: FetchProgress) => shown.push(progress) }
  const request = { attempt: 'attempt-1', resumeFrom, changesSince: null }
  for await (const report of source.fetch(request, context)) reports.push(report)
  const pages = reports.filter((report): report is PageReport => report.type === 'page.fetched')
  return { reports, shown, pages, ids: pages.flatMap(({ contacts }) => contacts.map(({ id }) => id)) }
}
