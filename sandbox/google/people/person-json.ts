import {
  type FieldEntry,
  type StoredField,
  storedFields,
  type StoredPerson,
} from '../contacts/google-person.ts'

export interface PersonView {
  /** The paths of the mask. */
  readonly fields: ReadonlySet<string>
  /** Whether profiles were asked for as well. */
  readonly withProfiles: boolean
  /** Former names are returned only to requests with a sync token. */
  readonly isSync: boolean
}

/** Memberships belong to a contact as a whole: none is the first of them. */
const withoutPrimary: ReadonlySet<StoredField> = new Set<StoredField>(['memberships'])

/** A person as the API returns it: only the requested fields, each entry with its source. */
export const personJson = (person: StoredPerson, view: PersonView): object => ({
  resourceName: person.resourceName,
  etag: person.etag,
  // A deletion has nothing else to say.
  ...((view.fields.has('metadata') || person.deleted) && { metadata: metadataOf(person, view) }),
  ...Object.fromEntries(
    storedFields
      .filter((field) => view.fields.has(field) && (person.fields[field]?.length ?? 0) > 0)
      .map((field) => [field, entriesOf(field, person)]),
  ),
})

const metadataOf = (
  { sourceId, etag, updateTime, profileId, previousResourceNames, deleted }: StoredPerson,
  { withProfiles, isSync }: PersonView,
): object => ({
  sources: [
    { type: 'CONTACT', id: sourceId, etag: `#${etag.slice(1, 12)}=`, updateTime },
    ...(withProfiles && profileId !== null
      ? [
          {
            type: 'PROFILE',
            id: profileId,
            etag: `#${etag.slice(12, 23)}=`,
            profileMetadata: { objectType: 'PERSON', userTypes: ['GOOGLE_USER'] },
          },
        ]
      : []),
  ],
  ...(isSync && previousResourceNames.length > 0 && { previousResourceNames }),
  ...(deleted && { deleted }),
  objectType: 'PERSON',
})

const entriesOf = (field: StoredField, { fields, sourceId }: StoredPerson): readonly FieldEntry[] =>
  (fields[field] ?? []).map((entry, index) => ({
    metadata: {
      ...(index === 0 && !withoutPrimary.has(field) && { primary: true, sourcePrimary: true }),
      source: { type: 'CONTACT', id: sourceId },
    },
    ...entry,
  }))
