const MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu
/** Vowel points of these scripts are rarely typed; those of others tell names apart. */
const POINTS = /(?<=[\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu
const IGNORABLE = /[\p{Cf}\p{DI}\u0640]/gu
const DIGIT = /\p{Nd}/u
const DIGITS = /(?![0-9])\p{Nd}/gu
const SYLLABLES = /[\uAC00-\uD7A3]+/g
const KATAKANA = /[\u30A1-\u30F6\u30FD\u30FE]/g
const HIRAGANA_BEFORE_KATAKANA = 0x60

/**
 * Letters that Unicode does not decompose, and letters that people type for one another. Latin: what ICU's Latin-ASCII
 * does. Arabic and Persian: as Lucene's ArabicNormalizer and PersianNormalizer. Final forms of Greek and Hebrew.
 */
const replacements: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n' },
  ...{ ς: 'σ', ё: 'е', ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' },
  ...{ أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', ی: 'ي', ک: 'ك', ہ: 'ه' },
}
const REPLACED = new RegExp(`[${Object.keys(replacements).join('')}]`, 'g')

/** Drawn or typed as an apostrophe, but letters or other signs to Unicode. */
const APOSTROPHES = /[\u02B9-\u02BF\u055A\u2018\u2019\u201B\u2032]/g

/**
 * The form in which characters are compared. Safe in every script: only Latin and Greek lose their accents, so that
 * Cyrillic й, voiced kana and the vowel signs of Devanagari stay. Hangul becomes single letters, so that a
 * syllable is found while it is being typed. May be longer or shorter than the text; empty for invisible characters.
 */
export const foldCharacters = (text: string): string =>
  text
    // To Unicode, a space with an accent.
    .replaceAll('\u00B4', "'")
    // An empty picture: it is drawn as a space.
    .replaceAll('\u2800', ' ')
    .normalize('NFKC')
    .replace(APOSTROPHES, "'")
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(POINTS, '')
    .replace(REPLACED, (letter) => replacements[letter] ?? letter)
    .replace(KATAKANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - HIRAGANA_BEFORE_KATAKANA))
    .replace(DIGITS, asciiDigit)
    .replace(SYLLABLES, (syllables) => syllables.normalize('NFD'))
    .replace(IGNORABLE, '')

/** The digits of a script follow one another from 0 to 9, and so do scripts (Unicode, 4.6: "Numeric Value"). */
const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  let before = 0
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before++
  return String(before % 10)
}
