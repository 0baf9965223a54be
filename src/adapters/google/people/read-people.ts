import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { Removal, SkippedContact, SourceContact } from '../../../domain/contact.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import type { FetchRequest } from '../../../ports/contact-source.ts'
import { attemptLimit } from '../../http/attempt-limit.ts'
import { mapPerson, resourceNameOf } from '../contact/map-person.ts'
import { askByName, isDeleted, MOST_ASKED } from './ask-by-name.ts'
import { TokenExpired } from './errors.ts'
import type { PagePlace, PeopleClient, PeoplePage } from './people-client.ts'
import { cursorOf, type PeopleCursor, readCursor } from './people-cursor.ts'
import { ResourceNames } from './resource-names.ts'

/** After this many pages in a row without a contact, a list counts as endless. */
const BARREN_PAGES = 500

type Reports = AsyncGenerator<SourceReport, undefined>

interface Reading {
  readonly client: PeopleClient
  readonly request: FetchRequest
  readonly names: ResourceNames
  readonly onDevice: ReadonlyMap<string, SourceContact>
}

/**
 * Reads all contacts of a Google account, or the changes since the last list. If Google no longer accepts a token, it lists them
 * once from the beginning, and not again in the same attempt: Google limits the beginnings of complete lists (People API,
 * "Quota").
 */
export async function* readPeople(client: PeopleClient, request: FetchRequest): Reports {
  const { onDevice = new Map<string, SourceContact>() } = request
  const resumed = readCursor(request.resumeFrom)
  const since = readCursor(request.changesSince)
  const last = resumed ?? since ?? readCursor(request.lastCursor)
  const reading: Reading = {
    ...{ client, request, onDevice },
    names: new ResourceNames(last?.names ?? [], onDevice),
  }
  try {
    return yield* resumed !== null
      ? continued(reading, resumed)
      : since?.syncToken != null
        ? readChanges(reading, { pageToken: null, syncToken: since.syncToken })
        : readList(reading, beginning)
  } catch (error) {
    if (!(error instanceof TokenExpired)) throw error
  }
  return yield* readList(reading, beginning)
}

const beginning: PagePlace = { pageToken: null, syncToken: null }

/** The rest of an attempt that another process began. */
const continued = (reading: Reading, { of, pageToken, syncToken }: PeopleCursor) => {
  if (of === 'changes')
    return pageToken === undefined
      ? finished(reading.names, syncToken, syncToken !== null)
      : readChanges(reading, { pageToken, syncToken })
  return pageToken === undefined
    ? finishList(reading, new Set(reading.request.recorded.keys()), syncToken)
    : readList(reading, { pageToken, syncToken: null })
}

async function* readList(reading: Reading, start: PagePlace): Reports {
  const { names, request } = reading
  const seen = new Set(start.pageToken === null ? [] : request.recorded.keys())
  let syncToken: string | null = null
  for await (const page of pages(reading.client, start)) {
    if (page.isFirst && start.pageToken === null) yield { type: 'contacts.counted', count: page.total }
    const { contacts, skipped } = mapAll(page.people, names)
    for (const { id } of contacts) seen.add(id)
    syncToken = page.nextSyncToken
    const place = { syncToken, pageToken: page.nextPageToken }
    page.readAhead()
    yield { type: 'page.fetched', contacts, skipped, cursor: cursorOf('list', names.later, place) }
  }
  yield* finishList(reading, seen, syncToken)
}

async function* finishList(reading: Reading, seen: ReadonlySet<string>, syncToken: string | null): Reports {
  const { names } = reading
  const { contacts, skipped, isCertain } = await keepLeftOut(reading, seen)
  if (contacts.length + skipped.length > 0) {
    const cursor = cursorOf('list', names.later, { syncToken, pageToken: null })
    yield { type: 'page.fetched', contacts, skipped, cursor }
  }
  yield* finished(names, syncToken, isCertain)
}

async function* readChanges({ client, names }: Reading, start: PagePlace): Reports {
  let syncToken: string | null = null
  let isCertain = true
  for await (const page of pages(client, start)) {
    const { contacts, skipped } = mapAll(
      page.people.filter((person) => !isDeleted(person)),
      names,
    )
    const asked = await ask(client, deletedIds(page.people, names), names)
    const former = page.people.flatMap((person) => names.former(person)).map((id) => ({ id }))
    isCertain &&= asked.unknown.length === 0
    syncToken = isCertain ? page.nextSyncToken : null
    const { nextPageToken: pageToken } = page
    const cursor = cursorOf('changes', names.later, {
      syncToken: pageToken === null ? syncToken : start.syncToken,
      pageToken,
    })
    page.readAhead()
    yield {
      type: 'changes.fetched',
      upserted: [...contacts, ...asked.contacts],
      removed: [...asked.gone, ...former],
      skipped: [...skipped, ...asked.skipped],
      cursor,
    }
  }
  yield* finished(names, syncToken, isCertain)
}

/** Without certainty, the next refresh lists completely: then the contacts that were not known about are asked for again. */
async function* finished(names: ResourceNames, syncToken: string | null, isCertain: boolean): Reports {
  const cursor = cursorOf('list', names.later, { syncToken: isCertain ? syncToken : null, pageToken: null })
  yield { type: 'listing.finished', cursor, verified: isCertain }
}

const deletedIds = (people: readonly unknown[], names: ResourceNames): readonly string[] =>
  people.filter(isDeleted).flatMap((person) => {
    const name = resourceNameOf(person)
    return (name === null ? null : names.deleted(name)) ?? []
  })

interface ReadPage extends PeoplePage {
  /** Whether it is the first that this attempt has read. */
  readonly isFirst: boolean
  /** Requests the next page already, while this one is recorded. */
  readAhead(): void
}

/** The pages from a place on. */
async function* pages(client: PeopleClient, start: PagePlace): AsyncGenerator<ReadPage, undefined> {
  const limit = attemptLimit()
  const tokens = new Set<string>()
  let barren = 0
  let ahead = null as Promise<PeoplePage> | null
  for (let place: PagePlace | null = start; place !== null;) {
    const page: PeoplePage = await (ahead ?? client.page(place))
    const isFirst = place === start
    const { people, nextPageToken } = page
    limit.count(people.length)
    barren = people.length === 0 ? barren + 1 : 0
    const isEndless = barren >= BARREN_PAGES || (nextPageToken !== null && tokens.has(nextPageToken))
    if (isEndless) throw new ImportFailure('bad-answer')
    if (nextPageToken !== null) tokens.add(nextPageToken)
    const next: PagePlace | null = nextPageToken === null ? null : { ...start, pageToken: nextPageToken }
    ahead = null
    const readAhead = () => {
      if (next === null) return
      ahead = client.page(next)
      // It may fail before it is awaited.
      ahead.catch(() => undefined)
    }
    yield { ...page, isFirst, readAhead }
    place = next
  }
}

interface Mapped {
  readonly contacts: readonly SourceContact[]
  readonly skipped: readonly SkippedContact[]
}

const mapAll = (people: readonly unknown[], names: ResourceNames): Mapped => {
  const contacts: SourceContact[] = []
  const skipped: SkippedContact[] = []
  for (const person of people) {
    const mapped = mapPerson(person, (name, alias) => names.take(name, alias, person))
    if ('contact' in mapped) contacts.push(mapped.contact)
    else skipped.push(mapped.skipped)
  }
  return { contacts, skipped }
}

/** Lists of thousands lacked contacts that existed, so the contacts that a list leaves out are asked for. */
const keepLeftOut = async (
  { client, names, onDevice }: Reading,
  seen: ReadonlySet<string>,
): Promise<Mapped & { readonly isCertain: boolean }> => {
  const leftOut = [...onDevice.keys()].filter((id) => !seen.has(id))
  // So many are not a mistake of the list, and the person is asked before they are removed.
  if (leftOut.length > MOST_ASKED) return { contacts: [], skipped: [], isCertain: true }
  const { contacts, skipped, unknown } = await ask(client, leftOut, names)
  const kept = unknown.flatMap((id) => onDevice.get(id) ?? [])
  return { contacts: [...contacts, ...kept.map(withoutKey)], skipped, isCertain: unknown.length === 0 }
}

/** The key is the device's own. */
const withoutKey = (contact: SourceContact): SourceContact => {
  const { key, ...rest } = contact as SourceContact & { readonly key?: string }
  return rest
}

interface Asked extends Mapped {
  readonly gone: readonly Removal[]
  readonly unknown: readonly string[]
}

const ask = async (client: PeopleClient, ids: readonly string[], names: ResourceNames): Promise<Asked> => {
  const byName = new Map(ids.map((id) => [names.of(id), id]))
  const answers = await askByName(client, [...byName.keys()], isRefusal)
  const [gone, unknown, people]: [Removal[], string[], unknown[]] = [[], [], []]
  for (const [name, answer] of answers) {
    const id = byName.get(name) ?? name
    if (answer === 'gone') gone.push({ id })
    else if (answer === 'unknown') unknown.push(id)
    else people.push(answer.person)
  }
  return { ...mapAll(people, names), gone, unknown }
}

/** Google refuses this request, but others may still succeed. */
const isRefusal = (error: unknown): boolean => isImportFailure(error) && error.code === 'bad-answer'
