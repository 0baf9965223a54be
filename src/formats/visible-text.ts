// Excludes white space, control characters, and characters that Unicode calls "default ignorable" (UAX #44), such as
// fillers and joiners. The braille blank is drawn as a space.
const visible = /[^\p{White_Space}\p{Cc}\p{Cf}\p{DI}\u2800]/u

/** Whether a text has a visible character. A name that consists only of spaces or fillers does not count as a name. */
export const isVisible = (text: string): boolean => beginsVisibly(text.charCodeAt(0)) || visible.test(text)

/**
 * Whether a UTF-16 unit is in a block in which everything is visible, as the first of most names: Latin, Greek to
 * Hebrew, Arabic letters, India to Tibet, kana, Han, Hangul. The pattern takes ten times as long.
 */
const beginsVisibly = (first: number): boolean =>
  first < 0x7f
    ? first > 0x20
    : isIn(first, 0xc0, 0x2ff) ||
      isIn(first, 0x4e00, 0x9fff) ||
      isIn(first, 0x370, 0x5ff) ||
      isIn(first, 0x620, 0x6d5) ||
      isIn(first, 0x904, 0xfff) ||
      isIn(first, 0x3041, 0x30ff) ||
      isIn(first, 0xac00, 0xd7a3)

const isIn = (unit: number, first: number, last: number): boolean => unit >= first && unit <= last
