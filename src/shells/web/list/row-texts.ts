import type { Hit, Match, Phone, Row, TextRange } from '../../../index.ts'

/** A text with what a search found in it. */
export interface MarkedText {
  readonly text: string
  readonly ranges: readonly TextRange[]
}

/** A row of the list or of the results of a search. */
export interface Item {
  readonly row: Row
  /** Why a search found it; null in the list. */
  readonly hit: Hit | null
}

/** What the lines of a row say. */
export interface RowTexts {
  readonly name: MarkedText
  readonly detail: MarkedText
  /** The number that the row calls: the one that was found, else the first. */
  readonly phone: Pick<Phone, 'value'> | null
}

/**
 * The texts of a row. The second line tells it apart from a neighbour of the same name: by the organization, else the
 * e-mail address, else the number. In results of a search, it shows what was found if the name does not.
 */
export const textsOf = ({ row, hit }: Item, neighbours: readonly (Row | undefined)[] = []): RowTexts => {
  const matches = hit?.matches ?? []
  const inName = matches.find(({ text }) => text === row.name)
  const others = matches.filter(({ text }) => text !== row.name)
  const found = inName ? undefined : others[0]
  const phone = others.find(({ field }) => field === 'phone')
  const detail = detailOf(row, neighbours)
  return {
    name: marked(row.name, inName),
    detail: found
      ? marked(found.text, found)
      : marked(
          detail,
          others.find(({ text }) => text === detail),
        ),
    phone: phone === undefined ? row.phone : { value: phone.text },
  }
}

const marked = (text: string, match: Match | undefined): MarkedText => ({ text, ranges: match?.ranges ?? [] })

const detailsOf = (row: Row): readonly string[] =>
  [row.organization, row.email, row.phone?.value].filter(
    (text) => text !== null && text !== undefined && text !== row.name,
  ) as readonly string[]

const detailOf = (row: Row, neighbours: readonly (Row | undefined)[]): string => {
  const details = detailsOf(row)
  const namesakes = neighbours.filter((other) => other !== undefined && other.name === row.name)
  const taken = new Set(namesakes.flatMap((other) => (other ? detailsOf(other) : [])))
  return details.find((text) => !taken.has(text)) ?? details[0] ?? ''
}
