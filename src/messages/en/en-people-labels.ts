import type { PeopleLabels } from '../labels/people-labels.ts'
import type { EnFormat } from './en-format.ts'

export const enPeopleLabels = ({ sources, counted, listed }: EnFormat): PeopleLabels => ({
  sources: (all) => listed(all.map((source) => sources[source])),
  heading: 'Contacts of this person',
  hint: 'They are shown as one. In your accounts, each stays as it is.',
  separate: 'Not the same person',
  separated: (source) => `The contact from ${sources[source]} is shown by itself now.`,
  separatedElsewhere: (source) =>
    `The contact from ${sources[source]} was separated in another window. It is shown by itself now.`,
  rejoined: 'Both contacts are shown as one person again.',
  apart: (name, source) => `You said that this is not the same person as ${name} (${sources[source]}).`,
  takeBack: 'Take back',
  takenBack: 'Taken back. Both contacts are shown as one person if they have enough in common.',
  undo: 'Undo',
  again: 'press the button again',
  possible: (count) => counted(count, 'possible duplicate', 'possible duplicates'),
  review: 'Review',
  title: 'Possible duplicates',
  intro: 'Are these the same person? If you say so, they are shown as one. Nothing changes in your accounts.',
  reasons: { name: 'Same name', email: 'Same e-mail address', phone: 'Same number' },
  pair: (one, other) => `${one} and ${other}`,
  same: 'Same person',
  notSame: 'Not the same',
  joined: (name) => `${name} is shown once now.`,
  keptApart: (name) => `${name}: the two contacts stay separate.`,
  undone: (name) => `Undone. ${name}: the two contacts are separate.`,
  showMore: 'Show more',
  nothingLeft: 'Nothing left to review.',
  close: 'Close',
  unavailable: 'This could not be loaded. Check your connection, then press Review again.',
})
