import { median } from './percentile.ts'

/** The values that one run measured, by name: milliseconds, megabytes or counts. */
export type Sample = Readonly<Record<string, number>>

export interface Contender {
  readonly name: string
  /** A footnote for the row. */
  readonly note?: string
  readonly measure: () => Promise<Sample>
}

export interface Compared extends Omit<Contender, 'measure'> {
  readonly medians: Sample
  /** The median time (`ms`) as a multiple of the first contender's. */
  readonly ratio: number
  /** One per round. */
  readonly samples: readonly Sample[]
}

/**
 * Measures each contender once per round. Each round begins with a different contender, so that a machine that
 * slows down, or is busy for a while, affects all of them.
 */
export const compare = async (contenders: readonly Contender[], rounds: number): Promise<Compared[]> => {
  const samples = contenders.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const place = (round + turn) % contenders.length
      const sample = await contenders[place]?.measure()
      if (sample) samples[place]?.push(sample)
    }
  }
  const compared = contenders.map(({ measure, ...contender }, place) => {
    const own = samples[place] ?? []
    return { ...contender, medians: mediansOf(own), samples: own }
  })
  const first = compared[0]?.medians['ms'] ?? NaN
  return compared.map((row) => ({ ...row, ratio: (row.medians['ms'] ?? NaN) / first }))
}

const mediansOf = (samples: readonly Sample[]): Sample => {
  const names = Object.keys(samples[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, median(samples.map((sample) => sample[name] ?? NaN))]))
}
