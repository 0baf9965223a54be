import stringWidth from 'string-width'

/** Marks a space where a line must not break. Unicode reserves FDD0 for use within a program (a noncharacter). */
const NO_BREAK = '\ufdd0'

/** The width of a terminal that does not report it, as often in containers (0 columns). */
const USUAL_COLUMNS = 80

/** A larger width is not plausible. */
const MOST_COLUMNS = 10_000

/** The number of columns of a terminal, from the number that it reports. */
export const columnsOf = (columns: number | undefined): number =>
  columns !== undefined && Number.isInteger(columns) && columns > 0 && columns <= MOST_COLUMNS
    ? columns
    : USUAL_COLUMNS

/** Keeps a text with spaces, such as a path or a command, in one line. `printable` undoes it. */
export const unbroken = (text: string): string => text.replaceAll(' ', NO_BREAK)

export const printable = (text: string): string => text.replaceAll(NO_BREAK, ' ')

/** Commands to copy, in double quotes. Words within them may be in single quotes and then contain any character. */
const commands = /"(?:[^"'\n]|'[^'\n]*')*"/g

/**
 * Breaks lines between words, so that none is wider than `columns` if possible. Never breaks texts that people copy: words,
 * such as an address, and commands in quotes. Indents later lines like the first.
 */
export const wrapped = (text: string, columns: number): string =>
  text
    .replaceAll(commands, unbroken)
    .split('\n')
    .map((line) => wrappedLine(line, columns))
    .join('\n')

const wrappedLine = (line: string, columns: number): string => {
  if (stringWidth(line) <= columns) return line
  const [indent = ''] = /^ */.exec(line) ?? []
  const lines: string[] = []
  let current = ''
  for (const word of line.match(/ *[^ ]+/g) ?? []) {
    if (current !== '' && stringWidth(current + word) > columns) {
      lines.push(current)
      current = indent + word.trimStart()
    } else current += word
  }
  return [...lines, current].join('\n')
}

const characters = new Intl.Segmenter()

/** Shortens a text to `columns`, with … at its end; empty if not even … fits. */
export const shortened = (text: string, columns: number): string => {
  if (stringWidth(text) <= columns) return text
  let kept = ''
  for (const { segment } of characters.segment(text)) {
    if (stringWidth(kept + segment) + 1 > columns) break
    kept += segment
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`
}

/** How many columns a text takes in a terminal: two for wide characters, none for combining ones. */
export const widthOf = (text: string): number => stringWidth(text)

/** Pads a text with spaces to a width. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)))
