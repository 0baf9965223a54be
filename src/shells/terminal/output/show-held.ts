import type { Source } from '../../../index.ts'
import type { CommandContext } from '../command.ts'
import { contactLine } from './contact/contact-line.ts'
import type { OpenedBook } from '../parts.ts'
import { commandLine } from '../arguments/steps.ts'

const SHOWN = 10

/** Prints some of the contacts that a held removal would remove, so that the person knows what they approve. */
export const showHeld = (
  { output, program }: CommandContext,
  { book, again }: OpenedBook,
  source: Source,
): void => {
  const held = book.heldContacts(source)
  if (held.length === 0) return
  output.note(
    held.length > SHOWN
      ? 'These contacts would be removed, among others:'
      : 'These contacts would be removed:',
  )
  for (const contact of held.slice(0, SHOWN)) {
    output.note(`  ${contactLine(contact, (text) => output.untrustedNote(text))}`)
  }
  if (held.length > SHOWN)
    output.note(`To see them all, use "${commandLine(program, 'list', ['--held', ...again.store])}".`)
}
