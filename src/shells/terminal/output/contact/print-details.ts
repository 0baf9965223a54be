import type { Output } from '../output.ts'
import { isolatedText, untrustedText } from '../untrusted-text.ts'
import { padded, widthOf, wrapped } from '../wrap.ts'
import type { DetailGroup } from './contact-details.ts'

/** A label that is wider has a line of its own: it comes from the contact. */
const WIDEST_LABEL = 20

const INDENT = '  '

/** Prints the fields of a contact under the titles of their groups, in lines that fit the terminal. */
export const printDetails = (output: Output, groups: readonly DetailGroup[]): void => {
  const { columns } = output
  const safe = columns === undefined ? untrustedText : isolatedText
  const labels = groups.flatMap(({ fields }) => fields.map(([label]) => widthOf(safe(label.slice(0, 400)))))
  const widest = Math.max(0, ...new Set(labels.filter((width) => width <= WIDEST_LABEL)))
  for (const { title, fields } of groups) {
    output.result(title, 'strong')
    for (const [label, text] of fields) {
      const own = safe(label.slice(0, 400))
      const isBeside = own !== '' && widthOf(own) <= widest
      const indent = INDENT + (isBeside ? ' '.repeat(widest + INDENT.length) : '')
      const lines = textLines(text).flatMap((line) => {
        const shown = safe(line)
        return columns === undefined ? [shown] : wrapped(shown, columns - indent.length).split('\n')
      })
      if (own !== '' && !isBeside) output.result(`${INDENT}${own}:`)
      lines.forEach((line, index) => {
        const before = index === 0 && isBeside ? `${INDENT}${padded(own, widest)}${INDENT}` : indent
        output.result(before + line)
      })
    }
  }
}

const textLines = (text: string): readonly string[] => text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
