/** A MAPI property that Graph returns only to requests that name it. */
export interface ExtendedProperty {
  /** Type and tag: `String 0x3A1F`. */
  readonly id: string
  /** Empty if the user has removed the value. */
  readonly value: string
}

/** One in this many contacts has extended properties. */
const EVERY = 6
const LATEST_YEAR = 2024

/**
 * The extended properties of the invented contact at `index`. They have random numbers of their own, because those of
 * the locales would change all other contacts of a seed.
 */
export const inventExtended = (seed: number, index: number): readonly ExtendedProperty[] => {
  const roll = rolls((Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b)) >>> 0)
  if (roll(EVERY) > 0) return []
  return choices
    .filter(() => roll(3) === 0)
    .map(([id, value]) => ({ id, value: roll(8) === 0 ? '' : value(roll) }))
}

/** A whole number from 0 to below `sides`. */
export type Roll = (sides: number) => number

/** A number that is reserved for fiction (NANP: 555-0100 to 555-0199). */
const number = (roll: Roll): string => `+1 206 555 01${two(roll(100))}`

const two = (n: number): string => n.toString().padStart(2, '0')

/** Exchange stores an anniversary at 11:59 UTC, and Outlook an unset one in 4501. */
const anniversary = (roll: Roll): string =>
  roll(8) === 0
    ? '4501-01-01T00:00:00Z'
    : `${LATEST_YEAR - roll(60)}-${two(1 + roll(12))}-${two(1 + roll(28))}T11:59:00Z`

const choices: readonly (readonly [id: string, value: (roll: Roll) => string])[] = [
  ['String 0x3A1E', number],
  ['String 0x3A1F', number],
  ['String 0x3A24', number],
  ['String 0x3A25', number],
  ['String 0x3A21', number],
  ['String 0x3A2E', number],
  ['String 0x3A57', number],
  ['SystemTime 0x3A41', anniversary],
  ['String 0x3A50', (roll) => `https://people.example/${roll(10_000)}`],
]

/** A sequence of numbers below `sides`, by the xorshift of Marsaglia (2003). */
export const rolls = (seed: number): Roll => {
  let state = seed || 1
  return (sides) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % sides
  }
}
