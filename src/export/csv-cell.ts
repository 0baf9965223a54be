/**
 * What begins a formula (OWASP, "CSV Injection"), full width too. A spreadsheet may skip white space before it, and quotes
 * if it does not take them for those of a cell.
 */
const formula = /^[\s"]*[=+\-@＝＋－＠]|^[\t\r\n]/

/**
 * Where a spreadsheet that divides at semicolons or tabs, and so ignores the quotes of this table, begins a cell or a line:
 * a formula there needs the mark too, and so does a mark.
 */
const innerStart = /([;\t\r\n])(?='|[\s"]*[=+\-@＝＋－＠])/g

/** Digits, with what numbers, dates, times, percentages and amounts have between them in many locales. */
const numeric = /^[\d\s.,:;()/+\-%'’\u00a0\u202fetz$€£¥]*$/i

/** Whole numbers that stay as they are: no leading zero, and not so long that they are shown as a power of ten. */
const unchanged = /^(0|[1-9]\d{0,10})$/

/** `5 PM`, `10:30 a`. */
const timeOfDay = /^[\d\s.:/-]*\d\s*[ap]\.?(m\.?)?\s*$/i

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
      (value.length <= LONGEST_DATE && (monthName.test(value) || timeOfDay.test(value))))) ||
  truth.test(value)

/**
 * A value as a cell (RFC 4180). What a spreadsheet would run as a formula, or rewrite as a number, a date in figures or in
 * English, or a truth value in English, gets an apostrophe before it, and so does what begins with one. Excel and
 * LibreOffice take such a cell from a file as text, apostrophe included, and write it back like that.
 *
 * A formula after a semicolon, a tab or a line break gets one too: where the list separator is a semicolon, Excel begins a
 * cell there. So a reader of the file gets each value back by removing one apostrophe from the beginning of each cell
 * and one after each of these characters (`/(^|[;\t\r\n])'/g`).
 */
export const csvCell = (value: string): string => {
  const inner = value.replace(innerStart, "$1'")
  const safe = value.startsWith("'") || isChanged(value) ? `'${inner}` : inner
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
