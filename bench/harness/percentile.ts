/** The value below which `share` (0 to 1) of the values lie, interpolated between two values. NaN if there are none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [below = NaN, above = below] = sorted.slice(Math.floor(place), Math.floor(place) + 2)
  return below + (above - below) * (place % 1)
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)
