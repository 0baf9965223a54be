import { candidates, chineseHeadings, MARK, preferenceOf, rows } from './letters.ts'

/** The label of names that begin with no letter: with a digit, a sign, or in a script that is not listed below. */
export const OTHER = '#'

/** The label of Han characters that the locale sorts by no reading: 漢 names them in every language that writes them. */
const HAN = '漢'

/** Sorts above every letter (UTS #35, part 5, on U+FFFF). */
const HIGHEST = '\uffff'

/** Sorts before all Han characters: CLDR's mark of the beginning of a script, before a character of it. */
const BEFORE_HAN = '\ufdd1字'

/** Letters of the scripts with labels. Common are letters of mathematics and the like, which sort as Latin. */
const letter =
  /^(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Khmer}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Common}]/u

/** What decides the label: one letter or two, or Dzs in Hungarian, the only one with three. */
const initialOf = (text: string): string => {
  const two = text.slice(0, 2)
  return two === 'Dz' || two === 'DZ' || two === 'dz' ? text.slice(0, 3) : two
}

/** More than the names of most lists begin with. */
const MOST_KNOWN = 5_000

type Compare = (a: string, b: string) => number

/**
 * The letters under which the people of a locale look up names, in their order. JavaScript has no AlphabeticIndex, so
 * comparisons find them: Å is a letter of its own where it sorts after every text that begins with A, as in Swedish, and
 * otherwise it belongs to A. The same is true of Ñ and N in Spanish, and of Ch and C in Czech.
 */
export class IndexLetters {
  readonly labels: readonly string[]
  readonly #compare: Compare
  readonly #starts: readonly string[]
  readonly #ranks: readonly number[]
  readonly #known = new Map<string, number>()
  /** Where a text with this first character was found: most others are there too. */
  readonly #headingOf = new Map<string, number>()

  /** @param compare compares in the order of the locale, without regard to case and accents */
  constructor(locale: string, compare: Compare) {
    this.#compare = compare
    const headings = [
      ...lettersOf(locale, compare).map((letter) => [letter, letter] as const),
      ...rows,
      ...hanHeadings(compare),
    ].toSorted(([, a], [, b]) => compare(a, b))
    // A label that comes twice, as in Chinese for pinyin and for Latin letters, has the place of the last.
    this.labels = [...new Set(headings.map(([label]) => label).reverse())].reverse()
    const rankOf = new Map(this.labels.map((label, rank) => [label, rank]))
    this.#starts = headings.map(([, start]) => start)
    this.#ranks = headings.map(([label]) => rankOf.get(label) ?? 0)
  }

  /** The place of the label under which a text stands; after all others for `OTHER`. */
  rankOf(text: string): number {
    const initial = initialOf(text)
    let rank = this.#known.get(initial)
    if (rank === undefined) {
      if (this.#known.size === MOST_KNOWN) this.#known.clear()
      this.#known.set(initial, (rank = this.#find(initial)))
    }
    return rank
  }

  #find(initial: string): number {
    if (!letter.test(initial)) return this.labels.length
    const first = initial.charAt(0)
    const guess = this.#headingOf.get(first)
    const isRight = guess !== undefined && this.#isIn(guess, initial)
    const heading = isRight ? guess : this.#search(initial)
    if (!isRight) this.#headingOf.set(first, heading)
    return this.#ranks[heading] ?? this.labels.length
  }

  #isIn(heading: number, initial: string): boolean {
    const [start, next] = [this.#starts[heading], this.#starts[heading + 1]]
    return (
      start !== undefined &&
      this.#compare(start, initial) <= 0 &&
      (next === undefined || this.#compare(initial, next) < 0)
    )
  }

  /** The last heading that begins before the text or with it; -1 if none does. */
  #search(initial: string): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#compare(this.#starts[middle] ?? '', initial) <= 0) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

const lettersOf = (locale: string, compare: Compare): readonly string[] => {
  const inOrder = candidates.toSorted(new Intl.Collator(locale).compare)
  const preference = preferenceOf((a, b) => compare(a, b) === 0)
  const letters: string[] = []
  for (const candidate of inOrder) {
    const last = letters.at(-1)
    if (last === undefined || compare(last + HIGHEST, candidate) < 0) letters.push(candidate)
    else if (preference(candidate) > preference(last) && compare(last, candidate) === 0)
      letters[letters.length - 1] = candidate
  }
  return letters
}

/** An order without these marks sorts them behind the mark alone. */
const hanHeadings = (compare: Compare): readonly (readonly [label: string, start: string])[] => {
  const marked = chineseHeadings
    .map(([label, mark]) => [label, MARK + mark] as const)
    .filter(([, start]) => compare(start, MARK) < 0)
  return marked.length > 0 ? marked : [[HAN, compare(BEFORE_HAN, '一') < 0 ? BEFORE_HAN : '一']]
}
