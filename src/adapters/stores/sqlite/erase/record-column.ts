import { damaged, readVarint } from './page-layout.ts'

/** Bytes of a value of a serial type (sqlite.org: Database File Format, 2.1). */
const sizeOfType = (type: number): number => {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0
}

/** Where in a record, of which the beginning is given, a column lies: from and to. */
export const columnIn = (record: Buffer, column: number): readonly [number, number] => {
  const { value: headerSize, end } = readVarint(record, 0)
  let type = end
  let from = headerSize
  for (let index = 0; type < headerSize; index++) {
    const { value, end } = readVarint(record, type)
    const to = from + sizeOfType(value)
    if (index === column) return [from, to]
    type = end
    from = to
  }
  throw damaged()
}
