import type { Item } from '../../mailbox/item.ts'
import type { Answer } from '../answer.ts'
import { contactJson } from './contact-json.ts'
import { contactProperties, readSelect } from './contact-properties.ts'
import { readExpand } from './expand.ts'
import { graphErrors } from '../graph-error.ts'
import type { GraphRequest } from '../graph-request.ts'
import { listPage } from '../list.ts'

/** One page of the contacts of one folder. */
export const listContacts = (request: GraphRequest, items: readonly Item[], collection: string): Answer => {
  const { query, prefer, baseUrl } = request
  const select = readSelect(query)
  const shape = { select, expand: readExpand(query), immutableIds: prefer.immutableIds, inList: true }
  const listed = filtered(sorted(items, query.get('$orderby'), request.mailbox?.position ?? 0), query)
  const selected = select === null ? '' : `(${select.join(',')})`
  return listPage(request, {
    context: `${baseUrl}/$metadata#${collection}${selected}`,
    total: listed.length,
    texts: (start, end) =>
      listed
        .slice(start, end)
        .filter(({ kind }) => kind === 'contact')
        .map((item) => contactJson(item, shape)),
  })
}

const BY_EMAIL = /^emailAddresses\/any\(([a-z]+):\1\/address eq '([^']*)'\)$/

/** Supports the only filter that Graph documents for contacts. */
const filtered = (items: readonly Item[], query: URLSearchParams): readonly Item[] => {
  const filter = query.get('$filter')
  if (filter === null) return items
  const address = BY_EMAIL.exec(filter)?.[2]
  if (address === undefined) throw graphErrors.invalidFilter()
  return items.filter(({ fields }) => fields.emailAddresses.some((email) => email.address === address))
}

/** The last order of each folder, and the position of the mailbox's change log at which it is valid. */
const orders = new WeakMap<readonly Item[], { order: string; position: number; list: readonly Item[] }>()

const sorted = (items: readonly Item[], order: string | null, position: number): readonly Item[] => {
  if (order === null) return items
  const last = orders.get(items)
  if (last?.order === order && last.position === position) return last.list
  const [property = '', direction = 'asc'] = order.split(' ')
  if (!contactProperties.includes(property)) throw graphErrors.unknownProperty(property)
  const sign = direction === 'desc' ? -1 : 1
  const list = items.toSorted((a, b) => sign * compare(sortKey(a, property), sortKey(b, property)))
  orders.set(items, { order, position, list })
  return list
}

const sortKey = (item: Item, property: string): string => {
  if (property === 'lastModifiedDateTime') return item.modified
  if (property === 'createdDateTime') return item.created
  const value = (item.fields as Record<string, unknown>)[property]
  return typeof value === 'string' ? value : ''
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
