import type { FaultOf } from '../../faults/fault.ts'
import type { Change, Item } from '../../mailbox/item.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import type { GraphRequest } from '../graph-request.ts'
import type { DeltaState } from './delta-token.ts'

/** What a delta reports about a contact: its current state, with only these fields if not null, or its removal. */
export type ToldChange =
  | { readonly item: Item; readonly fields: readonly string[] | null }
  | { readonly removed: string; readonly reason: 'deleted' | 'changed' }

/** What a delta reports about a folder's changes up to a position of the log, including the lies for this request. */
export const toldChanges = (
  request: GraphRequest,
  mailbox: Mailbox,
  { since, folderId }: DeltaState,
  until: number,
): readonly ToldChange[] => {
  const { lies } = request
  const changes = mailbox.changesBetween(since, until, folderId).filter(({ kind }) => kind === 'contact')
  const hasMoves = changes.some(({ cause }) => cause === 'moved-in')
  const hidesMoves = lies.find('removed-only', () => hasMoves) !== undefined
  const latest = new Map<number, Pick<Change, 'id' | 'immutableId' | 'cause' | 'fields'>>()
  for (const change of changes) {
    if (hidesMoves && change.cause === 'moved-in') continue
    const earlier = latest.get(change.key)
    const fields = earlier === undefined ? change.fields : union(earlier.fields, change.fields)
    latest.set(change.key, { ...change, fields })
  }
  const told = [...latest].map(([key, { cause, fields, ...ids }]): ToldChange => {
    const item = mailbox.byKey(key)
    const isHidden = hidesMoves && cause === 'taken-out'
    if (item?.folderId === folderId && !isHidden) return { item, fields }
    return { removed: idOf(request, ids), reason: 'deleted' }
  })
  const isPartial = lies.find('partial-items', () => told.some(hasFields)) !== undefined
  const givesOther = lies.find('removed-as-changed', () => told.some(isRemoval)) !== undefined
  return told.map((each) => {
    if (isRemoval(each)) return givesOther ? { ...each, reason: 'changed' } : each
    return isPartial ? each : { ...each, fields: null }
  })
}

const isRemoval = (told: ToldChange) => 'removed' in told
const hasFields = (told: ToldChange) => 'item' in told && told.fields !== null

/** Null is all fields: the contact is new in the folder. */
const union = (some: Change['fields'], others: Change['fields']): Change['fields'] =>
  some === null || others === null ? null : [...new Set([...some, ...others])]

/** Unchanged contacts of a folder that a round falsely reports as removed. */
export const falseRemovals = (
  request: GraphRequest,
  mailbox: Mailbox,
  { since, folderId, done }: DeltaState,
): readonly ToldChange[] => {
  const isFirstPage = done === 0 && request.query.get('$deltatoken') !== 'latest'
  if (!isFirstPage) return []
  const changed = new Set(
    mailbox.changesBetween(since, mailbox.position, folderId).map((change) => change.key),
  )
  const unchanged = mailbox.items(folderId).filter(({ kind, key }) => kind === 'contact' && !changed.has(key))
  const meant = ({ at = 0, count = 1 }: FaultOf<'false-removal'>) => unchanged.slice(at, at + count)
  const lie = request.lies.find('false-removal', (one) => meant(one).length > 0)
  if (lie === undefined) return []
  return meant(lie).map((item) => ({ removed: idOf(request, item), reason: lie.reason ?? 'deleted' }))
}

const idOf = ({ prefer }: GraphRequest, ids: Pick<Item, 'id' | 'immutableId'>): string =>
  prefer.immutableIds ? ids.immutableId : ids.id
