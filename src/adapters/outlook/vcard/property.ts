/** A property of a vCard. */
export interface Property {
  /** Joins properties that belong together, in lower case; empty if the property is in none. */
  readonly group: string
  /** In capitals. */
  readonly name: string
  /** The values of each parameter, whose names are in capitals. A value without a name is a `TYPE` or an `ENCODING`. */
  readonly parameters: ReadonlyMap<string, readonly string[]>
  /** As it is written. */
  readonly value: string
}

/** The property of a line; null if the line is none. */
export const readProperty = (line: string): Property | null => {
  const quoted = endOfHead(line, true)
  const end = quoted < 0 ? endOfHead(line, false) : quoted
  if (end < 0) return null
  const [whole = '', ...parameters] = divided(line.slice(0, end))
  const dot = whole.lastIndexOf('.')
  const name = whole
    .slice(dot + 1)
    .trim()
    .toUpperCase()
  if (!/^[A-Z\d-]+$/.test(name)) return null
  return {
    group: whole.slice(0, Math.max(0, dot)).trim().toLowerCase(),
    name,
    parameters: readParameters(parameters),
    value: line.slice(end + 1),
  }
}

/** The types of a property in lower case. */
export const typesOf = ({ parameters }: Property): ReadonlySet<string> =>
  new Set((parameters.get('TYPE') ?? []).map((type) => type.trim().toLowerCase()))

/** The values of a parameter are divided by commas, also within quotes: Apple and others quote them together. */
const readParameters = (texts: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const parameters = new Map<string, readonly string[]>()
  for (const text of texts) {
    const [name, value] = named(text)
    const values = unquoted(value).split(',')
    parameters.set(name, [...(parameters.get(name) ?? []), ...values])
  }
  return parameters
}

const named = (text: string): readonly [name: string, value: string] => {
  const equals = text.indexOf('=')
  if (equals >= 0) return [text.slice(0, equals).trim().toUpperCase(), text.slice(equals + 1)]
  return [encodings.has(text.trim().toUpperCase()) ? 'ENCODING' : 'TYPE', text]
}

/** What vCard 2.1 may write without `ENCODING=`. */
const encodings: ReadonlySet<string> = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT'])

/** RFC 6868. */
const carets: Readonly<Record<string, string>> = { '^n': '\n', '^^': '^', "^'": '"' }

/** White space around a value counts within quotes only. */
const unquoted = (text: string): string =>
  (text.includes('"') ? text.replaceAll('"', '') : text.trim()).replace(
    /\^[n^']/g,
    (pair) => carets[pair] ?? pair,
  )

/** Characters before the value. More are none. */
const LONGEST_HEAD = 4096

/** The index of the colon before the value; -1 if there is none. Writers forget to close quotes. */
const endOfHead = (line: string, mindsQuotes: boolean): number => {
  const end = Math.min(line.length, LONGEST_HEAD)
  let isQuoted = false
  for (let at = 0; at < end; at++) {
    const character = line[at]
    if (character === '"' && mindsQuotes) isQuoted = !isQuoted
    else if (character === ':' && !isQuoted) return at
  }
  return -1
}

/** The name of a property and its parameters. */
const divided = (head: string): readonly string[] => {
  const parts: string[] = []
  let [start, isQuoted] = [0, false]
  for (let at = 0; at <= head.length; at++) {
    if (head[at] === '"') isQuoted = !isQuoted
    else if (at === head.length || (head[at] === ';' && !isQuoted)) {
      parts.push(head.slice(start, at))
      start = at + 1
    }
  }
  return parts
}
