import type { Contact } from '../../domain/contact.ts'

/** Between the notes of a person. */
export const NOTE_SEPARATOR = '\n\n'

/** The notes of a person's contacts that make up the one of all: each that says more than those before it. */
export const personNotes = (contacts: readonly Contact[]): readonly string[] =>
  contacts.reduce<readonly string[]>(
    (notes, { note }) =>
      note === undefined || (notes.length > 0 && notes.join(NOTE_SEPARATOR).includes(note))
        ? notes
        : [...notes, note],
    [],
  )
