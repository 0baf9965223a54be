import type { Contact } from '../../domain/contact.ts'

/**
 * A quick test for contacts that a search for this text finds: those with all its words at the beginning of words of their names,
 * as they are written. A search finds more.
 */
export const likelyHits = (text: string): ((contact: Contact) => boolean) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const [first = '', ...others] = words.map((word) => ` ${word}`)
  return ({ name: { full = '' } }) => {
    const searched = ` ${full}`.toLowerCase()
    return first !== '' && searched.includes(first) && others.every((word) => searched.includes(word))
  }
}
