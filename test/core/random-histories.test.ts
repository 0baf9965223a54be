import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContactBook } from '../../src/index.ts'
import { soakRounds } from '../soak.ts'
import { account } from './device.ts'
import { Player, step } from './history-player.ts'
import type { Step } from './history-player.ts'

const RUNS = soakRounds({ whole: 1_000, share: 300 })

/**
 * Refreshes that change so much that a checkpoint is written, which few random histories do. Steps come twice because the first one after
 * a command only finds the sign-in or the fetch.
 */
const withCheckpoint: readonly Step[] = [
  ...(['signIn', 'granted', 'granted', 'granted', { pageFrom: 0 }, { pageFrom: 0 }, 'finished'] as const),
  ...Array.from(
    { length: 8 },
    () => ['refresh', { changesFrom: 150 }, { changesFrom: 150 }, 'finished'] as const,
  ).flat(),
]

test('whatever happens in whatever order, the list is a complete one, and a replay says the same', async () => {
  const endings = new Map<string, number>()
  let checkpoints = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
      const player = new Player()
      await player.open()
      for (const step of steps) {
        await player.settled()
        await player.play(step)
        await player.settled()
        const ids = player.book.contacts.get().map(({ id }) => id)
        expect(new Set(ids)).toEqual(player.list)
        expect(ids).toHaveLength(player.list.size)
        player.checkKeys()
        const { state } = account(player.book)
        endings.set(state, (endings.get(state) ?? 0) + 1)
      }
      if (player.device.log.records.some(({ type }) => type === 'list.checkpointed')) checkpoints++
      const shown = (book: ContactBook) => ({
        account: { ...account(book), runner: null, commands: null },
        contacts: book.contacts.get(),
        history: book.history.get(),
      })
      const replayed = await player.device.open()
      // A late login may have reached a book that crashed, and is recorded; this one hears of it in a moment.
      await expect
        .poll(() => shown(player.book), { timeout: 5_000, interval: 1 })
        .toEqual(shown(replayed.book))
      await replayed.book.close()

      await player.book.signOut('microsoft365')
      const rest = JSON.stringify([player.device.log.records, [...player.device.log.views]])
      expect(rest).not.toContain('Name of')
      expect(rest).not.toContain('person@example.test')
      expect(player.device.diagnosed).toEqual([])
      await player.book.close()
    }),
    { numRuns: RUNS, endOnFailure: true, examples: [[[...withCheckpoint]]] },
  )
  expect(checkpoints).toBeGreaterThan(0)
  // Histories that never get anywhere would prove nothing.
  expect([...endings.keys()].sort()).toEqual([
    'cancelled',
    'consenting',
    'failed',
    'fetching',
    'idle',
    'imported',
  ])
})
