import type { Contact } from '../../domain/contact.ts'
import type { NameOrder } from '../order/name-order.ts'
import { chunkStarts } from './text/chunk-starts.ts'
import { contactTexts, searchedPhones } from './contact-texts.ts'
import type { ContactText } from './contact-texts.ts'
import { originalRange } from './text/fold-text.ts'
import { MOST_MATCHES, MOST_RANGES } from './hit.ts'
import type { Match, TextRange } from './hit.ts'
import { keypadMatch, keypadText } from './keypad.ts'
import { numberRanges, readNumber } from './phone-digits.ts'
import type { SearchedNumber } from './phone-digits.ts'
import type { QueryPiece, QueryTerm } from './read-query.ts'
import { joinedChunk, placeInText } from './text/split-words.ts'

/** What a contact is searched by. */
interface Searched {
  readonly texts: readonly ContactText[]
  readonly phones: readonly NumberText[]
}

interface NumberText {
  readonly field: 'phone'
  readonly text: string
  readonly number: SearchedNumber
}

/** Ranges by text. */
type Found = Map<ContactText | NumberText, TextRange[]>

/** The texts of a contact that match, with the ranges that do. */
export const findMatches = (
  contact: Contact,
  terms: readonly QueryTerm[],
  nameOrder: NameOrder,
): readonly Match[] => {
  const texts = contactTexts(contact, nameOrder)
  const phones = searchedPhones(contact).map((text): NumberText => {
    return { field: 'phone', text, number: readNumber(text) }
  })
  return matchesOf(
    [...texts.filter(({ original }) => original === null), ...phones],
    terms.map((term) => rangesOf(term, { texts, phones })),
  )
}

const matchesOf = (values: readonly (ContactText | NumberText)[], found: readonly Found[]): Match[] => {
  const matches = new Map<string, Match>()
  const inName = new Set<Found>()
  /** The terms that no match shows yet. Each has a place, however many matches the others have. */
  const missing = new Set(found.filter((ranges) => ranges.size > 0))
  for (const value of values) {
    const { field, text } = value
    const having = found.filter((ranges) => ranges.has(value))
    // Another part of the name that repeats what matched already tells nothing.
    const isNews = field !== 'name' || having.some((ranges) => !inName.has(ranges))
    const isWanted =
      matches.size + missing.size < MOST_MATCHES || having.some((ranges) => missing.has(ranges))
    const id = `${field} ${text}`
    if (having.length === 0 || !isNews || !isWanted || matches.has(id)) continue
    matches.set(id, { field, text, ranges: merged(having.flatMap((ranges) => ranges.get(value) ?? [])) })
    for (const ranges of having) {
      missing.delete(ranges)
      if (field === 'name') inName.add(ranges)
    }
    if (matches.size >= MOST_MATCHES && missing.size === 0) break
  }
  return [...matches.values()]
}

const rangesOf = (term: QueryTerm, searched: Searched): Found => {
  const whole = rangesOfPiece(term, searched)
  if (whole.size > 0) return whole
  const pieces = term.pieces.map((piece) => rangesOfPiece(piece, searched))
  const isWord = pieces.some((found) => searched.texts.some((text) => found.has(text)))
  if (isWord && pieces.every((found) => found.size > 0)) return together(pieces)
  return term.keys === null ? new Map<never, never>() : rangesOfKeys(term.keys, searched)
}

const rangesOfPiece = ({ word, number }: QueryPiece, { texts, phones }: Searched): Found => {
  const found: Found = new Map()
  for (const text of texts) take(found, text.original ?? text, wordRanges(text, word))
  if (number) for (const phone of phones) take(found, phone, numberRanges(phone.number, number))
  return found
}

const rangesOfKeys = (keys: string, { texts }: Searched): Found => {
  const found: Found = new Map()
  for (const text of texts) if (isOnKeypad(text)) take(found, text.original ?? text, keypadRanges(text, keys))
  return found
}

const take = (found: Found, value: ContactText | NumberText, ranges: readonly TextRange[]): void => {
  const known = found.get(value)
  if (known) known.push(...ranges)
  else if (ranges.length > 0) found.set(value, [...ranges])
}

const together = (all: readonly Found[]): Found => {
  const found: Found = new Map()
  for (const each of all) each.forEach((ranges, value) => take(found, value, ranges))
  return found
}

/** Names and nicknames are dialled by their letters. */
export const isOnKeypad = ({ field }: ContactText): boolean => field === 'name' || field === 'nickname'

const wordRanges = ({ folded, chunks }: ContactText, word: string): readonly TextRange[] => {
  const ranges: TextRange[] = []
  for (const chunk of chunks) {
    const letters = joinedChunk(chunk)
    if (!letters.includes(word)) continue
    for (const { start, piece, within } of chunkStarts(chunk, false)) {
      if (!letters.startsWith(word, start)) continue
      const last = placeInText(chunk, piece, within + word.length - 1)
      ranges.push(originalRange(folded, placeInText(chunk, piece, within), last + 1))
      if (ranges.length === MOST_RANGES) return ranges
    }
  }
  return ranges
}

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
  return result.slice(0, MOST_RANGES)
}
