import { expect } from 'vitest'
import type { ContactBook, LinkedAccountView } from '../../src/index.ts'
import type { AccountEvent, AccountSnapshot } from '../../src/machines/linked-account.ts'
import { accountState, isBusy } from '../../src/machines/account-state.ts'
import { allowedCommands } from '../../src/machines/decide-command.ts'
import { account } from '../core/scripted-steps.ts'
import type { Mailbox, World } from './world.ts'

export interface ModelStep {
  readonly event: AccountEvent
  readonly state: AccountSnapshot
}

/**
 * Walks a generated path against a real book, and compares the book with the model after every step. A replay from the
 * store is compared as well, unless the path begins like one in `replayed`: many do, and the same events in the same
 * kind of store give the same replay.
 */
export const walk = async (
  steps: readonly ModelStep[],
  world: World,
  replayed: Set<string> = new Set(),
): Promise<void> => {
  let beginning = ''
  for (const [index, { event, state }] of steps.entries()) {
    const mailbox = mailboxOf(steps.slice(index), state)
    await perform(event, mailbox, world)
    const shown = await expectState(state, world)
    beginning += `${JSON.stringify(event)} ${mailbox} `
    if (!replayed.has(beginning)) await expectReplay(shown, world)
    replayed.add(beginning)
  }
}

/** The contents that the mailbox needs now so that the attempt ends as the path says. */
const mailboxOf = (rest: readonly ModelStep[], { context }: AccountSnapshot): Mailbox => {
  const end = rest.find(
    ({ event }) => !['contacts.counted', 'page.fetched', 'consent.granted'].includes(event.type),
  )
  if (end?.event.type === 'removal.held')
    return end.event.data.completion.outcome === 'capped' ? 'others' : 'left'
  if (end?.event.type === 'attempt.completed' && end.event.data.outcome === 'capped') return 'beyond-limit'
  return context.list?.capped ? 'full' : 'few'
}

const perform = async (event: AccountEvent, mailbox: Mailbox, world: World): Promise<void> => {
  const { book } = world
  switch (event.type) {
    case 'attempt.requested':
      return expectOk(book[event.data.by]('microsoft365'))
    case 'consent.granted':
      return world.grant()
    case 'contacts.counted':
      return world.count(mailbox)
    case 'page.fetched':
      return world.page(mailbox)
    case 'changes.fetched':
      return world.change()
    case 'attempt.completed':
    case 'removal.held':
      return world.finish()
    case 'attempt.failed':
      return event.data.code === 'consent-declined' ? world.decline() : world.refuse()
    case 'attempt.cancelled':
      return expectOk(book.cancel('microsoft365'))
    case 'removal.approved':
      return expectOk(book.approveRemoval('microsoft365'))
    case 'account.signed-out':
      return expectOk(book.signOut('microsoft365'))
  }
}

const expectOk = async (result: Promise<{ ok: boolean }>) => expect(await result).toMatchObject({ ok: true })

/** Expects that the book shows the state of the model. Resolves to what it shows. */
const expectState = async (expected: AccountSnapshot, world: World): Promise<Seen> => {
  const { context, value } = expected
  const isUnderWay = expected.hasTag('busy')
  const wanted = {
    state: value,
    number: context.attempt?.number,
    by: context.attempt?.by,
    code: isUnderWay ? null : wantedCode(expected),
    list: context.list && { count: context.list.count, capped: context.list.capped },
    held: context.held && { removes: context.held.removes, of: context.held.of },
    // At rest a real listing has as many pages as it has folders; the model has one.
    pages: isUnderWay ? context.counts.pages : null,
  }
  await expect.poll(() => seen(account(world.book)), { timeout: 20_000, interval: 5 }).toEqual(wanted)
  const decisionContext = {
    runner: isUnderWay ? 'here' : 'nobody',
    storeIsNewer: false,
    nothingLeft: false,
    key: 'ready',
  } as const
  const commands = allowedCommands('microsoft365', { microsoft365: accountState(expected) }, decisionContext)
  expect(account(world.book).commands).toEqual(commands)
  expect(idsIn(world.book)).toHaveLength(context.list?.count ?? 0)
  return seen(account(world.book))
}

/** Expects that a replay from the store shows the same account and the same list. */
const expectReplay = async (shown: Seen, world: World): Promise<void> => {
  const reopened = await world.reopen()
  expect(seen(account(reopened))).toEqual(shown)
  expect(idsIn(reopened).join()).toBe(idsIn(world.book).join())
  await reopened.close()
}

const idsIn = (book: ContactBook): readonly string[] => book.contacts.get().map(({ id }) => id)

/** A 403 means that the permission was removed if a list was once read with it. */
const wantedCode = ({ context }: AccountSnapshot) =>
  context.code === 'permission-missing' && context.list ? 'permission-removed' : context.code

const seen = ({ state, attempt, code, list, held, counts }: LinkedAccountView) => ({
  state,
  number: attempt?.number,
  by: attempt?.by,
  code,
  list: list && { count: list.count, capped: list.capped },
  held,
  pages: isBusy({ state }) ? counts.pages : null,
})

type Seen = ReturnType<typeof seen>
