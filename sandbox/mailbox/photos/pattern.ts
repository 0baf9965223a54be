import { createHash } from 'node:crypto'

/** A colour: red, green, blue, each from 0 to 255. */
export type Colour = readonly [number, number, number]

/** Squares of a pattern in each direction. */
export const SQUARES = 6

/** A pattern of coloured squares, row by row, symmetric like a face. The same name always gives the same. */
export const patternOf = (name: string): readonly Colour[] => {
  const dice = createHash('sha256').update(name).digest()
  const at = (index: number): number => dice[index] ?? 0
  const ink: Colour = [at(0), at(1), at(2)]
  const paper: Colour = [255 - (at(3) >> 2), 255 - (at(4) >> 2), 255 - (at(5) >> 2)]
  return Array.from({ length: SQUARES * SQUARES }, (_, index) => {
    const [row, column] = [Math.floor(index / SQUARES), index % SQUARES]
    const half = Math.min(column, SQUARES - 1 - column)
    return at(6 + row * 3 + half) % 2 === 0 ? ink : paper
  })
}
