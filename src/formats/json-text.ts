/** Items written in one slice: a page of contacts takes milliseconds to write, and many on a slow device. */
const SLICE = 200

/**
 * The JSON text of an object, as `JSON.stringify` writes it. Arrays that its properties have are written in slices, with
 * other work after each.
 *
 * @param value a JSON value, which must not change meanwhile
 */
export const jsonText = async (value: object, otherWork: () => Promise<void>): Promise<string> => {
  const properties: string[] = []
  for (const [name, property] of Object.entries(value) as [string, unknown][]) {
    if (property === undefined) continue
    const text = isLong(property) ? await arrayText(property, otherWork) : JSON.stringify(property)
    properties.push(`${JSON.stringify(name)}:${text}`)
  }
  return `{${properties.join()}}`
}

const isLong = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > SLICE

const arrayText = async (items: readonly unknown[], otherWork: () => Promise<void>): Promise<string> => {
  const slices: string[] = []
  for (let start = 0; start < items.length; start += SLICE) {
    slices.push(JSON.stringify(items.slice(start, start + SLICE)).slice(1, -1))
    await otherWork()
  }
  return `[${slices.join()}]`
}
