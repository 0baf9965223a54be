import type { Contact } from '../../domain/contact.ts'

/**
 * A quick test for contacts that a search for this text finds: those with all its words at the beginning of words of their names,
 * as they are written. A search finds more.
 */
export const likelyHits = (text: string): ((contact: Contact) => boolean) => {
  const words = text.split(/\s+/).filter(Boolean).map(atWordStart)
  const [first, ...others] = words
  return ({ name: { full = '' } }) => (first?.test(full) ?? false) && others.every((word) => word.test(full))
}

const atWordStart = (word: string): RegExp =>
  new RegExp(`(?:^|\\s)${word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`, 'i')
