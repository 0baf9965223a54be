import type { Folder, Item } from '../../mailbox/item.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { type Answer, pageAnswer } from '../answer.ts'
import { contactJson } from './contact-json.ts'
import { readSelect } from './contact-properties.ts'
import { type DeltaState, deltaToken, readDeltaToken } from './delta-token.ts'
import { graphErrors } from '../graph-error.ts'
import type { GraphRequest } from '../graph-request.ts'
import { linkTo } from '../links.ts'
import { falseRemovals, toldChanges } from './told-changes.ts'

const DEFAULT_PAGE = 10
/** Microsoft's support says 200, and one large client requests 500; nothing is documented. */
const LARGEST_PAGE = 500

/**
 * One page of a delta query on one folder (Graph: contact: delta). First come all contacts in pages, then the changes
 * since the query began, then a deltaLink. Contacts that change meanwhile come again, or as removed.
 */
export const deltaPage = (request: GraphRequest, mailbox: Mailbox, folder: Folder): Answer => {
  const state = readState(request, mailbox, folder)
  const tooLarge = request.lies.find('large-page', ({ deltas, most }) => deltas === true && state.size > most)
  if (tooLarge !== undefined) throw graphErrors.timedOut(tooLarge.status)
  return state.after === null ? changes(request, mailbox, state) : listing(request, mailbox, state)
}

const readState = (
  { query, prefer, deltaLatest }: GraphRequest,
  mailbox: Mailbox,
  folder: Folder,
): DeltaState => {
  // Recorded in 2026: Graph refuses all options that page or sort.
  if (query.has('$top') || query.has('$orderby') || query.has('$filter')) throw graphErrors.invalidInDelta()
  if (query.has('$expand')) throw graphErrors.expandInDelta()
  const token = query.get('$deltatoken') ?? query.get('$skiptoken')
  const { generation } = mailbox
  const isLatest = token === 'latest' && deltaLatest !== 'refuse'
  if (token === null || isLatest) {
    const size = Math.min(prefer.maxPageSize ?? DEFAULT_PAGE, LARGEST_PAGE)
    const after = isLatest && deltaLatest === 'anchor' ? null : -1
    const start = { since: mailbox.position, after, done: 0, until: null }
    return { generation, folderId: folder.id, ...start, select: selectOf(query), size }
  }
  const state = readDeltaToken(token)
  if (state === null) throw graphErrors.badToken()
  if (state.generation !== generation || state.since > mailbox.position) throw graphErrors.syncStateNotFound()
  if (state.folderId !== folder.id) throw graphErrors.badToken()
  return state
}

const selectOf = (query: URLSearchParams): string[] | null => {
  const select = readSelect(query)
  return select === null ? null : [...select]
}

const listing = (request: GraphRequest, mailbox: Mailbox, state: DeltaState): Answer => {
  const rest = mailbox
    .items(state.folderId)
    .filter(({ key }) => key > (state.after ?? -1))
    .sort((a, b) => a.key - b.key)
  const page = rest.slice(0, state.size)
  const last = page.at(-1)
  const next =
    rest.length > page.length && last !== undefined
      ? { ...state, after: last.key }
      : { ...state, after: null }
  const texts = page.filter(({ kind }) => kind === 'contact').map((item) => textOf(request, state, item))
  if (next.after === null && mailbox.position === state.since)
    return answer(request, state, texts, { deltaLink: next })
  return answer(request, state, texts, { nextLink: next })
}

const changes = (request: GraphRequest, mailbox: Mailbox, state: DeltaState): Answer => {
  const until = state.until ?? mailbox.position
  const all = toldChanges(request, mailbox, state, until)
  const page = all.slice(state.done, state.done + state.size)
  const texts = [...falseRemovals(request, mailbox, state), ...page].map((told) =>
    'item' in told ? textOf(request, state, told.item, told.fields) : removedText(told.removed, told.reason),
  )
  const done = state.done + page.length
  if (done < all.length) return answer(request, state, texts, { nextLink: { ...state, until, done } })
  return answer(request, state, texts, { deltaLink: { ...state, since: until, done: 0, until: null } })
}

const textOf = (
  { prefer }: GraphRequest,
  { select }: DeltaState,
  item: Item,
  fields: readonly string[] | null = null,
): string => {
  const selected = fields?.filter((field) => select?.includes(field) !== false)
  return contactJson(item, {
    select: selected === undefined ? select : ['changeKey', 'parentFolderId', ...selected],
    immutableIds: prefer.immutableIds,
    inList: true,
    typed: true,
  })
}

const removedText = (id: string, reason: string): string =>
  JSON.stringify({ '@odata.type': '#microsoft.graph.contact', id, '@removed': { reason } })

const answer = (
  { baseUrl, segments }: GraphRequest,
  state: DeltaState,
  items: readonly string[],
  next: { readonly nextLink: DeltaState } | { readonly deltaLink: DeltaState },
): Answer => {
  const address = `${baseUrl}/${segments.map(encodeURIComponent).join('/')}`
  const link = (option: '$skiptoken' | '$deltatoken', to: DeltaState): string =>
    linkTo(address, [[option, deltaToken(to)]])
  return pageAnswer({
    context: `${baseUrl}/$metadata#Collection(contact)`,
    items,
    again: link('$skiptoken', state),
    ...('nextLink' in next
      ? { nextLink: link('$skiptoken', next.nextLink) }
      : { deltaLink: link('$deltatoken', next.deltaLink) }),
  })
}
