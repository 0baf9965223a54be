/**
 * The parts of Papa Parse that are used. `@types/papaparse` needs the types of Node, which what runs in browsers must not see.
 */
declare module 'papaparse' {
  interface Parsed {
    readonly data: string[][]
    /** `index`: behind the quote that opens the value. */
    readonly errors: readonly { readonly code: string; readonly row: number; readonly index: number }[]
    /** `cursor`: where the first row begins that is not in `data`. */
    readonly meta: { readonly cursor: number }
  }

  /** Papa Parse's streamers use it in the same way: they leave the last row, which may be incomplete, for the next text. */
  interface Parser {
    parse(text: string, baseIndex: number, ignoreLastRow: boolean): Parsed
  }

  const Papa: {
    readonly Parser: new (config: {
      readonly delimiter: string
      readonly newline: '\n' | '\r'
      /** How many rows; 0: all. */
      readonly preview: number
    }) => Parser
  }
  export default Papa
}
