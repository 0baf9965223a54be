import { cleanText } from './clean-text.ts'
import { escapedText } from './content-line.ts'

/** The line of a property with a text, none if there is no text. */
export function* text(name: string, value: string | undefined): Generator<string, void, undefined> {
  if (value !== undefined && value !== '') yield `${name}:${escapedText(cleanText(value))}`
}
