import type { SourceContact } from '../../../domain/contact.ts'

/**
 * The same contacts; where a note could not be read in full, the contact on the device takes its place if it has the
 * same version and all of the note.
 */
export const withKnownNotes = (
  contacts: readonly SourceContact[],
  onDevice: ReadonlyMap<string, SourceContact>,
): readonly SourceContact[] =>
  contacts.map((contact) => {
    if (!contact.incomplete?.some(({ reason }) => reason === 'cut')) return contact
    const known = onDevice.get(contact.id)
    const isKnown = known?.version !== undefined && known.version === contact.version
    return isKnown && known.incomplete === undefined ? known : contact
  })
