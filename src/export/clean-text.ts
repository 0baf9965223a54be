/** What breaks a line somewhere: CR, LF, VT, FF, NEL, and the separators of Unicode (UAX #14, BK, CR, LF, NL). */
const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g

/** Controls that no vCard may hold (RFC 6350, section 3.3: VALUE-CHAR) and no spreadsheet shows. The tab is allowed. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000e-\u001f\u007f]/g

const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Most texts have none of these, and one look tells. */
// eslint-disable-next-line no-control-regex
const odd = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029\ud800-\udfff]/

/**
 * A text as files can hold it: each line break is LF, other controls but the tab are left out, and halves of surrogate
 * pairs, which UTF-8 cannot spell, become U+FFFD.
 */
export const cleanText = (text: string): string =>
  odd.test(text)
    ? text.replace(lineBreaks, '\n').replace(controls, '').replace(loneSurrogates, '\ufffd')
    : text
