/** What breaks a line somewhere: CR, LF, VT, FF, NEL, and the separators of Unicode (UAX #14, BK, CR, LF, NL). */
const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g

/** Controls that no vCard may hold (RFC 6350, section 3.3: VALUE-CHAR) and no spreadsheet shows. The tab is allowed. */
const controls = /(?![\t-\r\u0080-\u009f])\p{Cc}/gu

/** Replaced first: two halves must not become one character because the control between them is left out. */
const loneSurrogates = /\p{Cs}/gu

/** Finds out with one search that a text needs no change, as most texts. */
const odd = /(?![\t\u0080-\u0084\u0086-\u009f])\p{Cc}|[\u2028\u2029\p{Cs}]/u

/**
 * A text as files can hold it: each line break is LF, other controls but the tab are left out, and halves of surrogate
 * pairs, which UTF-8 cannot spell, become U+FFFD.
 */
export const cleanText = (text: string): string =>
  odd.test(text)
    ? text.replace(loneSurrogates, '\ufffd').replace(lineBreaks, '\n').replace(controls, '')
    : text
