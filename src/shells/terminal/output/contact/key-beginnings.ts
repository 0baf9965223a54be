/** The beginning of a key that `show` takes has at least so many characters. */
export const SHORTEST_BEGINNING = 6

/** How many characters of the keys tell them all apart, at least `SHORTEST_BEGINNING`. */
export const keyLength = (keys: readonly string[]): number => {
  const longest = Math.max(SHORTEST_BEGINNING, ...lengths(keys))
  for (let length = SHORTEST_BEGINNING; length < longest; length++)
    if (new Set(keys.map((key) => key.slice(0, length))).size === new Set(keys).size) return length
  return longest
}

/** Few different ones, however many keys there are. */
const lengths = (keys: readonly string[]): ReadonlySet<number> => new Set(keys.map(({ length }) => length))
