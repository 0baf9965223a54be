import type { Contact } from '../domain/contact.ts'
import { cleanText } from './clean-text.ts'
import { escapedText } from './content-line.ts'
import type { VcardVersion } from './vcard.ts'
import type { Groups } from './vcard-groups.ts'

/**
 * The people around a contact, by name: RELATED in 4.0 (RFC 6350, section 6.6.6), of which an assistant is the `agent`;
 * in 3.0 what Apple introduced and others read.
 */
export function* relatedLines(
  { spouse, children, organization }: Contact,
  version: VcardVersion,
  groups: Groups,
): Generator<string, void, undefined> {
  const related = [
    [spouse, 'Spouse', ';TYPE=spouse'],
    ...(children ?? []).map((child) => [child, 'Child', ';TYPE=child'] as const),
    [organization?.assistant, 'Assistant', ';TYPE=agent'],
    [organization?.manager, 'Manager', null],
  ] as const
  for (const [name, label, type] of related) {
    if (name === undefined || name === '') continue
    const value = escapedText(cleanText(name))
    if (version === '3.0') yield* groups.labelled(`_$!<${label}>!$_`, `X-ABRELATEDNAMES:${value}`)
    else if (type === null) yield* groups.labelled(label, `RELATED;VALUE=text:${value}`)
    else yield `RELATED${type};VALUE=text:${value}`
  }
}
