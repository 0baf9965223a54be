import { escapedText } from './content-line.ts'

/** Numbers the groups of a card. A group joins a property with its label (RFC 9555, section 2.3.3). */
export class Groups {
  #count = 0

  /** Properties that belong together. */
  joined(properties: readonly string[]): readonly string[] {
    const group = `item${++this.#count}`
    return properties.map((property) => `${group}.${property}`)
  }

  /** The property with a label that Apple, Google and others show. The label must be clean. */
  labelled(label: string, property: string): readonly string[] {
    return this.joined([property, `X-ABLabel:${escapedText(label)}`])
  }
}
