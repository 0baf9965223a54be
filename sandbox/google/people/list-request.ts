import { isMaskPath } from '../contacts/google-person.ts'
import {
  GoogleError,
  invalidArgument,
  invalidPersonField,
  noPersonFields,
  noSuchParameter,
} from '../google-error.ts'

/** A request for connections whose parameters are valid, each by itself. */
export interface ListRequest {
  readonly fields: ReadonlySet<string>
  readonly withProfiles: boolean
  readonly pageSize: number
  readonly pageToken: string | null
  readonly syncToken: string | null
  readonly requestSyncToken: boolean
  /** What must be the same in each request of a sync, and from one sync to the next. */
  readonly shape: string
}

const DEFAULT_PAGE = 100
const LARGEST_PAGE = 1000

const own = ['personFields', 'pageSize', 'pageToken', 'requestSyncToken', 'syncToken', 'sources']
/** Parameters of every Google API that do not change the answer here. */
const ofAllApis = ['key', 'alt', 'prettyPrint', 'quotaUser']

const knownSources = [
  'READ_SOURCE_TYPE_CONTACT',
  'READ_SOURCE_TYPE_PROFILE',
  'READ_SOURCE_TYPE_DOMAIN_CONTACT',
]

const refuse = (): never => {
  throw new GoogleError(invalidArgument())
}

/** Throws `GoogleError` for parameters that Google refuses. */
export const readListRequest = (query: URLSearchParams): ListRequest => {
  for (const name of query.keys()) {
    if (![...own, ...ofAllApis].includes(name)) throw new GoogleError(noSuchParameter(name))
    if (name !== 'sources' && query.getAll(name).length > 1) refuse()
  }
  const fields = readFields(query)
  const sources = query.getAll('sources').length > 0 ? query.getAll('sources') : knownSources.slice(0, 2)
  if (!sources.every((source) => knownSources.includes(source))) refuse()
  const pageSize = readSize(query.get('pageSize'))
  const asked = query.get('requestSyncToken') ?? 'false'
  if (!['true', 'false'].includes(asked)) refuse()
  const requestSyncToken = asked === 'true'
  return {
    fields: new Set(fields),
    withProfiles: sources.includes('READ_SOURCE_TYPE_PROFILE'),
    pageSize,
    pageToken: query.get('pageToken'),
    syncToken: query.get('syncToken'),
    requestSyncToken,
    shape: JSON.stringify([fields.toSorted(), sources.toSorted(), pageSize, requestSyncToken]),
  }
}

const readFields = (query: URLSearchParams): readonly string[] => {
  const paths = (query.get('personFields') ?? '').split(',').map((path) => path.trim())
  if (paths.join('') === '') throw new GoogleError(noPersonFields())
  const unknown = paths.find((path) => !isMaskPath(path))
  if (unknown !== undefined) throw new GoogleError(invalidPersonField(unknown))
  return paths
}

/** 0 stands for the default. */
const readSize = (text: string | null): number => {
  const size = text === null || text === '' ? 0 : /^\d+$/.test(text) ? Number(text) : NaN
  return size <= LARGEST_PAGE ? size || DEFAULT_PAGE : refuse()
}
