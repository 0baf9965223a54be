import { mapCard, type CardContact } from './map-card.ts'
import { readProperty, type Property } from './property.ts'
import { UnfoldedLines, type ContentLine } from './unfolded-lines.ts'

/** Characters and properties of the largest card. */
const LARGEST_CARD = 2 * 1024 * 1024
const MOST_PROPERTIES = 5000
/** Names of properties that are told to be left out. */
const MOST_CUT = 10

/** A card whose end is not there yet. */
interface OpenCard {
  readonly properties: Property[]
  readonly cut: string[]
  size: number
  /** `open` within the card of an agent, whose lines say nothing of this contact. */
  agent: 'none' | 'announced' | 'open'
}

/**
 * The contacts of a text with vCards, as many as each piece completes: versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). A line
 * that is none is left out. A card without an end ends where the next one begins.
 */
export async function* cardContacts(
  texts: AsyncIterable<string>,
): AsyncGenerator<readonly CardContact[], void, undefined> {
  const lines = new UnfoldedLines()
  const cards = new Cards(lines)
  for await (const text of texts) {
    for (const line of lines.push(text)) cards.add(line)
    yield cards.taken()
  }
  for (const line of lines.end()) cards.add(line)
  cards.close()
  yield cards.taken()
}

class Cards {
  readonly #lines: UnfoldedLines
  #card: OpenCard | null = null
  #complete: CardContact[] = []

  constructor(lines: UnfoldedLines) {
    this.#lines = lines
  }

  taken(): readonly CardContact[] {
    const complete = this.#complete
    this.#complete = []
    return complete
  }

  add({ text, isCut }: ContentLine): void {
    const property = readProperty(text)
    if (!property) return
    const { name, value } = property
    const isCard = value.trim().toUpperCase() === 'VCARD'
    if (name === 'BEGIN' && isCard) this.#begin()
    else if (name === 'END' && isCard) this.#end()
    else if (this.#card && this.#card.agent !== 'open') this.#keep(this.#card, property, isCut)
  }

  close(): void {
    const card = this.#card
    this.#card = null
    if (card) this.#complete.push(mapCard(card))
  }

  #begin(): void {
    if (this.#card?.agent === 'announced') {
      this.#card.agent = 'open'
      return
    }
    this.close()
    this.#lines.keepsFoldSpace = false
    this.#card = { properties: [], cut: [], size: 0, agent: 'none' }
  }

  #end(): void {
    if (this.#card?.agent === 'open') this.#card.agent = 'none'
    else this.close()
  }

  #keep(card: OpenCard, property: Property, isCut: boolean): void {
    const { name, value } = property
    card.agent = name === 'AGENT' && value.trim() === '' ? 'announced' : 'none'
    if (name === 'VERSION') this.#lines.keepsFoldSpace = value.trim() === '2.1'
    const isTooMuch = card.size + value.length > LARGEST_CARD || card.properties.length >= MOST_PROPERTIES
    if (!isCut && !isTooMuch) {
      card.size += value.length
      card.properties.push(property)
    } else if (card.cut.length < MOST_CUT && !card.cut.includes(name)) card.cut.push(name)
  }
}
