import { describe, expect, test } from 'vitest'
import { soakRounds } from '../soak.ts'
import { diceOf } from './changing-mailbox.ts'
import { type Known, PagedModel, textOf } from './paged-model.ts'

/** Simulates `runs` mailboxes. Counts the accepted lists, and the wrong ones among them. */
const play = (
  runs: number,
  accept: (model: PagedModel, inFlight: number) => Map<number, Known> | null,
  { hidesMoves = false } = {},
) => {
  let accepted = 0
  let wrong = 0
  for (let run = 0; run < runs; run++) {
    const dice = diceOf(run + 1)
    const model = new PagedModel(dice, 1 + dice.below(2), dice.below(8), hidesMoves)
    const list = accept(model, 1 + dice.below(3))
    if (list === null) continue
    accepted++
    if (!model.held(list)) wrong++
  }
  return { accepted, wrong }
}

describe('rounds that agree', () => {
  const rounds = (count: number, mayDouble: boolean) => (model: PagedModel, inFlight: number) => {
    const all = Array.from({ length: count }, () => model.read(inFlight))
    const texts = new Set(all.map(({ known }) => textOf(known)))
    if (texts.size > 1 || (!mayDouble && all.some(({ isDoubled }) => isDoubled))) return null
    return new Map(all[0]?.known)
  }

  test('equal the mailbox at some moment if there are three and no id came twice', () => {
    const runs = soakRounds({ whole: 100_000, share: 20_000 })
    const { accepted, wrong } = play(runs, rounds(3, false))
    expect(accepted).toBeGreaterThan(0.3 * runs)
    expect(wrong).toBe(0)
  })

  test('may be wrong if there are two, and more often if ids may come twice', () => {
    const runs = soakRounds({ whole: 50_000, share: 10_000 })
    const two = play(runs, rounds(2, false))
    expect(two.wrong).toBeGreaterThan(0)
    expect(play(runs, rounds(2, true)).wrong).toBeGreaterThan(two.wrong)
  })
})

describe('deltas that were anchored before the listing', () => {
  interface Rules {
    /** Lists again after a round of deltas that reported changes. */
    readonly looksAgain: boolean
    /** Removes a contact only if it is recorded in the folder that reports the removal. */
    readonly namesFolders: boolean
    /** Asks by id whether a contact that is reported as removed still exists. */
    readonly asks?: boolean
    /** Begins with an exact list, as a refresh does, rather than with a listing. */
    readonly isRefresh?: boolean
  }

  const byDeltas =
    ({ looksAgain, namesFolders, asks = false, isRefresh = false }: Rules) =>
    (model: PagedModel, inFlight: number) => {
      const before = model.snapshot()
      let positions = isRefresh ? before.positions : model.folders.map((folder) => model.position(folder))
      const list = isRefresh ? before.known : new Map(model.read(inFlight).known)
      const seen = new Set(list.keys())
      for (let round = 1; round <= 5; round++) {
        const told = model.folders.map((folder) => {
          const position = model.position(folder)
          return { folder, position, changes: model.changes(folder, positions[folder] ?? 0) }
        })
        positions = told.map(({ position }) => position)
        const all = told.flatMap(({ folder, changes }) => changes.map((change) => ({ ...change, folder })))
        if (all.length === 0) return list
        for (const { id, version, folder } of all)
          if (version === null) {
            const alive = asks ? model.find(id) : null
            if (alive === null) seen.delete(id)
            else seen.add(id)
            if (alive !== null) list.set(id, alive)
            else if (asks || !namesFolders || list.get(id)?.folder === folder) list.delete(id)
          }
        for (const { id, version, folder } of all)
          if (version !== null) {
            seen.add(id)
            list.set(id, { version, folder })
          }
        const missed = looksAgain ? [...model.read(inFlight).known.keys()].filter((id) => !seen.has(id)) : []
        for (const id of missed) {
          const known = model.find(id)
          if (known === null) continue
          list.set(id, known)
          seen.add(id)
        }
      }
      return null
    }

  test('give a list that equals the mailbox at some moment, once a round reports nothing', () => {
    const runs = soakRounds({ whole: 50_000, share: 10_000 })
    const { accepted, wrong } = play(runs, byDeltas({ looksAgain: true, namesFolders: true }))
    expect(accepted).toBeGreaterThan(0.9 * runs)
    expect(wrong).toBe(0)
  })

  test.each([
    ['an import', { looksAgain: true, namesFolders: true, asks: true }],
    ['a refresh', { looksAgain: false, namesFolders: true, asks: true, isRefresh: true }],
  ])(
    'do so in %s if each removal is checked by id, even if they report a move as a removal only',
    (_, rules) => {
      const runs = soakRounds({ whole: 25_000, share: 5_000 })
      for (const hidesMoves of [false, true]) {
        const { accepted, wrong } = play(runs, byDeltas(rules), { hidesMoves })
        expect(accepted).toBeGreaterThan(0.9 * runs)
        expect(wrong).toBe(0)
      }
    },
  )

  test('do not in a refresh if they report a move as a removal only and are believed', () => {
    const rules = { looksAgain: false, namesFolders: true, isRefresh: true }
    expect(play(10_000, byDeltas(rules)).wrong).toBe(0)
    expect(play(10_000, byDeltas(rules), { hidesMoves: true }).wrong).toBeGreaterThan(1_000)
  })

  test('do not without a second listing of pages that were read during changes', () => {
    expect(play(10_000, byDeltas({ looksAgain: false, namesFolders: true })).wrong).toBeGreaterThan(0)
  })

  test('do not if a removal removes a contact that was later seen in another folder', () => {
    expect(play(10_000, byDeltas({ looksAgain: false, namesFolders: false })).wrong).toBeGreaterThan(
      play(10_000, byDeltas({ looksAgain: false, namesFolders: true })).wrong,
    )
  })
})
