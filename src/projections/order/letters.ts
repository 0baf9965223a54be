/** Blocks of letters in capitals, or in letters without case, as code points from first to last. */
const blocks: readonly (readonly [number, number])[] = [
  [0x41, 0x5a], // Latin
  [0xc0, 0x17f],
  [0x391, 0x3a9], // Greek
  [0x400, 0x42f], // Cyrillic
  [0x490, 0x4e9],
  [0x531, 0x556], // Armenian
  [0x5d0, 0x5ea], // Hebrew
  [0x621, 0x64a], // Arabic
  [0x671, 0x6d3],
  [0x904, 0x939], // Devanagari, and eight scripts of India that Unicode arranges alike
  [0x984, 0x9b9],
  [0xa04, 0xa39],
  [0xa84, 0xab9],
  [0xb04, 0xb39],
  [0xb84, 0xbb9],
  [0xc04, 0xc39],
  [0xc84, 0xcb9],
  [0xd04, 0xd39],
  [0xd85, 0xdc6], // Sinhala
  [0xe01, 0xe2e], // Thai
  [0xe81, 0xeae], // Lao
  [0x1000, 0x102a], // Burmese
  [0x10d0, 0x10f0], // Georgian
  [0x1780, 0x17b3], // Khmer
]

const range = (first: number, last: number, step = 1): readonly string[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) =>
    String.fromCodePoint(first + at * step),
  )

/** Georgian has no capitals in use, though Unicode has them. */
const indexable = /^[\p{Lu}\p{Lo}\u10d0-\u10f0]$/u

/** What may be a letter of its own: whether it is one, the order of a locale says. */
export const candidates: readonly string[] = [
  ...blocks.flatMap(([first, last]) => range(first, last)).filter((letter) => indexable.test(letter)),
  // The Ethiopic syllables of a consonant are eight.
  ...range(0x1200, 0x1357, 8),
  ...'Ə Ơ Ư Ș Ț CH CS DD DH DZ DZS DŽ FF GJ GY LJ LL LY NG NJ NY PH RH RR SH SZ TH TY XH ZH ZS'.split(' '),
]

/**
 * Which of several spellings of one letter is its label: the one with the highest number, else the one that the locale
 * sorts first. What Persian and Urdu spell ی and ک is ي and ك in Arabic; Romanian spells with commas what Turkish
 * spells with a cedilla.
 */
export const preferenceOf = (isOneLetter: (a: string, b: string) => boolean) => {
  const preferred = isOneLetter('ك', 'ک') ? 'اتȘȚ' : 'اتيȘȚ'
  return (letter: string): number => (letter <= 'Z' ? 2 : Number(preferred.includes(letter)))
}

/** Labels of several letters each, with the text at which each begins. */
export const rows: readonly (readonly [label: string, start: string])[] = [
  ...Array.from('あかさたなはまやらわ', (kana) => [kana, kana] as const),
  ...Array.from(
    'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ',
    (jamo, at) => [jamo, '가나다라마바사아자차카타파하'.charAt(at)] as const,
  ),
]

/** Before text that follows it, a mark of CLDR's collations: where the characters begin that are filed under it. */
export const MARK = '\ufdd0'

/** Headings of Chinese orders, with the text of their mark: by pinyin, strokes, zhuyin or radical. */
export const chineseHeadings: readonly (readonly [label: string, mark: string])[] = [
  ...range(0x41, 0x5a).map((letter) => [letter, letter] as const),
  ...range(0x2801, 0x2830).map((mark, at) => [`${at + 1}劃`, mark] as const),
  ...range(0x3105, 0x3129).map((letter) => [letter, letter] as const),
  ...range(0x2f00, 0x2fd5).map((radical) => [radical.normalize('NFKC'), radical] as const),
]
