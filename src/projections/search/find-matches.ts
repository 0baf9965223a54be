import type { Contact } from '../../domain/contact.ts'
import { chunkStarts } from './chunk-starts.ts'
import { contactTexts, MOST_VALUES } from './contact-texts.ts'
import type { ContactText } from './contact-texts.ts'
import { originalRange } from './fold-text.ts'
import type { Match, TextRange } from './hit.ts'
import { keypadMatch, keypadText } from './keypad.ts'
import { numberRanges } from './phone-digits.ts'
import type { QueryTerm } from './read-query.ts'
import { joinedChunk, placeInText } from './split-words.ts'

/** Ranges by text. */
type Found = Map<string, TextRange[]>

/** The texts of a contact that match, with the ranges that do. */
export const findMatches = (contact: Contact, terms: readonly QueryTerm[]): readonly Match[] => {
  const texts = contactTexts(contact)
  const phones = contact.phones.slice(0, MOST_VALUES)
  const found = terms.map((term) =>
    rangesOf(
      term,
      texts,
      phones.map(({ value }) => value),
    ),
  )
  const values = [
    ...texts.map(({ field, text }) => ({ field, text })),
    ...phones.map(({ value }) => ({ field: 'phone' as const, text: value })),
  ]
  const matched = new Set<string>()
  const inName = new Set<Found>()
  return values.flatMap(({ field, text }) => {
    const id = `${field} ${text}`
    const having = found.filter((ranges) => ranges.has(id))
    // Another part of the name that repeats what matched already tells nothing.
    const isNews = field !== 'name' || having.some((ranges) => !inName.has(ranges))
    if (having.length === 0 || matched.has(id) || !isNews) return []
    matched.add(id)
    if (field === 'name') for (const ranges of having) inName.add(ranges)
    return [{ field, text, ranges: merged(having.flatMap((ranges) => ranges.get(id) ?? [])) }]
  })
}

const rangesOf = (term: QueryTerm, texts: readonly ContactText[], phones: readonly string[]): Found => {
  const found: Found = new Map()
  const take = (field: string, text: string, ranges: readonly TextRange[]) => {
    if (ranges.length > 0)
      found.set(`${field} ${text}`, [...(found.get(`${field} ${text}`) ?? []), ...ranges])
  }
  const takeWord = (word: string) => {
    for (const text of texts) take(text.field, text.text, wordRanges(text, word))
  }
  takeWord(term.word)
  if (term.number) for (const value of phones) take('phone', value, numberRanges(value, term.number))
  if (found.size === 0) for (const piece of term.pieces) takeWord(piece)
  if (found.size === 0 && term.keys !== null)
    for (const text of texts) if (isOnKeypad(text)) take(text.field, text.text, keypadRanges(text, term.keys))
  return found
}

/** Names and nicknames are dialled by their letters. */
export const isOnKeypad = ({ field }: ContactText): boolean => field === 'name' || field === 'nickname'

const wordRanges = ({ folded, chunks }: ContactText, word: string): readonly TextRange[] =>
  chunks.flatMap((chunk) => {
    const letters = joinedChunk(chunk)
    if (!letters.includes(word)) return []
    return chunkStarts(chunk, false)
      .filter(({ start }) => letters.startsWith(word, start))
      .map(({ start }) =>
        originalRange(folded, placeInText(chunk, start), placeInText(chunk, start + word.length - 1) + 1),
      )
  })

const keypadRanges = ({ folded, chunks }: ContactText, typed: string): readonly TextRange[] => {
  const { keys, places } = keypadText(chunks)
  return (keypadMatch(keys, typed) ?? []).map(([start, end]) =>
    originalRange(folded, places[start] ?? 0, (places[end - 1] ?? 0) + 1),
  )
}

const merged = (ranges: readonly TextRange[]): readonly TextRange[] => {
  const result: TextRange[] = []
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1)
    if (last && start < last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)]
    else result.push([start, end])
  }
  return result
}
