/** A file that a person exported from Outlook and chose here. */
export interface ExportFile {
  /** For people only: the content decides how the file is read. */
  readonly name: string
  /** Bytes; -1 if the file cannot be opened. */
  readonly size: number
  readonly modified: Date
  /**
   * The bytes, from the beginning each time: the reader asks twice, because what stands at the end decides how the beginning
   * is read. Throws if the file cannot be read, and the signal's reason after an abort.
   */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>
}
