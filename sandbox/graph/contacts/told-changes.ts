import type { Change, Item } from '../../mailbox/item.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import type { GraphRequest } from '../graph-request.ts'
import type { DeltaState } from './delta-token.ts'

/** What a delta tells of one contact: what it is now, with only these fields if not null, or that it is gone. */
export type ToldChange =
  | { readonly item: Item; readonly fields: readonly string[] | null }
  | { readonly removed: string; readonly reason: 'deleted' | 'changed' }

/** What a delta tells of a folder's changes up to a position of the log, with the lies that the request hears. */
export const toldChanges = (
  request: GraphRequest,
  mailbox: Mailbox,
  { since, folderId }: DeltaState,
  until: number,
): readonly ToldChange[] => {
  const { lies } = request
  const hidesMoves = lies.find('removed-only') !== undefined
  const isPartial = lies.find('partial-items') !== undefined
  const reason = lies.find('removed-as-changed') === undefined ? 'deleted' : 'changed'
  const latest = new Map<number, Pick<Change, 'id' | 'immutableId' | 'cause' | 'fields'>>()
  for (const change of mailbox.changesBetween(since, until, folderId)) {
    if (change.kind !== 'contact' || (hidesMoves && change.cause === 'moved-in')) continue
    const earlier = latest.get(change.key)
    const fields = earlier === undefined ? change.fields : union(earlier.fields, change.fields)
    latest.set(change.key, { ...change, fields })
  }
  return [...latest].map(([key, { cause, fields, ...ids }]): ToldChange => {
    const item = mailbox.byKey(key)
    const isHidden = hidesMoves && cause === 'taken-out'
    if (item?.folderId === folderId && !isHidden) return { item, fields: isPartial ? fields : null }
    return { removed: idOf(request, ids), reason }
  })
}

/** Null is all fields: the contact is new in the folder. */
const union = (some: Change['fields'], others: Change['fields']): Change['fields'] =>
  some === null || others === null ? null : [...new Set([...some, ...others])]

/** The contacts of a folder that a round tells as removed although they are there, and did not change. */
export const falseRemovals = (
  request: GraphRequest,
  mailbox: Mailbox,
  { since, folderId, done }: DeltaState,
): readonly ToldChange[] => {
  const lie = request.lies.find('false-removal')
  const isFirstPage = done === 0 && request.query.get('$deltatoken') !== 'latest'
  if (lie === undefined || !isFirstPage) return []
  const { at = 0, count = 1, reason = 'deleted' } = lie
  const changed = new Set(
    mailbox.changesBetween(since, mailbox.position, folderId).map((change) => change.key),
  )
  return mailbox
    .items(folderId)
    .filter(({ kind, key }) => kind === 'contact' && !changed.has(key))
    .slice(at, at + count)
    .map((item) => ({ removed: idOf(request, item), reason }))
}

const idOf = ({ prefer }: GraphRequest, ids: Pick<Item, 'id' | 'immutableId'>): string =>
  prefer.immutableIds ? ids.immutableId : ids.id
