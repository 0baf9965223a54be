/** Whether this is `npm run test:soak`. */
export const isSoak = process.env['SOAK'] === '1'

/**
 * How many rounds a soak runs: all of them in `npm run test:soak`, and a share of them in `npm test`, where the
 * same promise is checked with fewer random cases.
 */
export const soakRounds = ({ whole, share }: { readonly whole: number; readonly share: number }): number =>
  isSoak ? whole : share

/** Cases that try one promise in many places: all in a soak, otherwise one in `oneIn`, spread from the first to the last. */
export const soakCases = <T>(cases: readonly T[], oneIn: number): readonly T[] => {
  const gaps = Math.max(1, Math.ceil(cases.length / oneIn) - 1)
  const chosen = Array.from({ length: gaps + 1 }, (_, index) =>
    Math.round((index * (cases.length - 1)) / gaps),
  )
  return isSoak ? cases : cases.filter((_, index) => chosen.includes(index))
}

/**
 * Cases that each of several others is tried with: all in a soak, otherwise one in `oneIn`. `turn` counts the others, so
 * that each case has its turn with some of them.
 */
export const soakTurn = <T>(cases: readonly T[], oneIn: number, turn: number): readonly T[] =>
  isSoak ? cases : cases.filter((_, index) => (index + turn) % oneIn === 0)
