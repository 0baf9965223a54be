/** A spreadsheet takes these for the beginning of a formula, full width too, and may skip white space before them. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

/** Digits, with what numbers, dates, times, percentages and amounts have between them in any locale. */
const numeric = /^[\d\s.,:;()/+\-%'’\u00a0\u202fe$€£¥]*$/i

/** Whole numbers that stay as they are: no leading zero, and not so long that they are shown as a power of ten. */
const unchanged = /^(0|[1-9]\d{0,10})$/

const truth = /^\s*(true|false)\s*$/i

/** `2 May`, `Mar-14`, `1 Jan 2020`. */
const monthName =
  /^\s*(\d{1,4}[\s./-]*)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?[\s.,/-]*\d{0,4}([\s,]+\d{1,4})?\s*$/i

/** Longer texts are no dates. */
const LONGEST_DATE = 30

const isChanged = (value: string): boolean =>
  formula.test(value) ||
  (/\d/.test(value) &&
    ((numeric.test(value) && !unchanged.test(value)) ||
      (value.length <= LONGEST_DATE && monthName.test(value)))) ||
  truth.test(value)

/**
 * A value as a cell (RFC 4180). What a spreadsheet would run or rewrite gets an apostrophe before it, and so does what
 * begins with one. Excel and LibreOffice take such a cell from a file as text, apostrophe included, and write it back
 * like that, so a reader of the file gets each value back by removing one apostrophe from the beginning of each cell
 * that has one.
 */
export const csvCell = (value: string): string => {
  const safe = value.startsWith("'") || isChanged(value) ? `'${value}` : value
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
