import { expect } from 'vitest'
import type { ContactBook, LinkedAccountView } from '../../src/index.ts'
import { isBusy } from '../../src/machines/account-state.ts'
import type { ExpectedAccount, ModelPath } from '../../src/testing/model-paths.ts'
import { walkPath } from '../../src/testing/walk-path.ts'
import { account } from '../core/scripted-steps.ts'
import type { World } from './world.ts'

/**
 * Walks a generated path against a real book, and compares the book with the model after every step. A replay from the
 * store is compared as well, unless the path begins like one in `replayed`: many do, and the same events in the same
 * kind of store give the same replay.
 */
export const walk = async (
  path: ModelPath,
  world: World,
  replayed: Set<string> = new Set(),
): Promise<void> => {
  let taken = 0
  await walkPath(path, {
    ...world,
    command: async (type) => {
      expect(await world.book[type]('microsoft365')).toMatchObject({ ok: true })
    },
    expectShown: async (expected) => {
      taken++
      await expect.poll(() => seen(account(world.book)), { timeout: 20_000, interval: 5 }).toEqual(expected)
      expect(idsIn(world.book)).toHaveLength(expected.list?.count ?? 0)
      const beginning = JSON.stringify(
        path.steps.slice(0, taken).map(({ event, mailbox }) => [event, mailbox]),
      )
      if (!replayed.has(beginning)) await expectReplay(world)
      replayed.add(beginning)
    },
  })
}

/** Expects that a replay from the store shows the same account and the same list. */
const expectReplay = async (world: World): Promise<void> => {
  const reopened = await world.reopen()
  // Which process runs an attempt is no part of it.
  const { commands: _here, ...shown } = seen(account(world.book))
  const { commands: _there, ...again } = seen(account(reopened))
  expect(again).toEqual(shown)
  expect(idsIn(reopened).join()).toBe(idsIn(world.book).join())
  await reopened.close()
}

const idsIn = (book: ContactBook): readonly string[] => book.contacts.get().map(({ id }) => id)

const seen = ({
  state,
  attempt,
  code,
  list,
  held,
  counts,
  commands,
}: LinkedAccountView): ExpectedAccount => ({
  state,
  attempt: attempt && { number: attempt.number, by: attempt.by },
  code: isBusy({ state }) ? null : code,
  list: list && { count: list.count, capped: list.capped },
  held,
  // At rest a real listing has as many pages as it has folders; the model has one.
  pages: isBusy({ state }) ? counts.pages : null,
  commands,
})
