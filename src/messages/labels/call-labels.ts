/** The words of `<incoming-call>`. */
export interface CallLabels {
  readonly heading: string
  readonly looking: string
  readonly unknown: string
  /** The caller withholds the number. */
  readonly withheld: string
  /** That the number may be another one. */
  readonly possible: string
  /** That this many contacts, at least two, have the number. */
  readonly oneOf: (count: number) => string
  /** How many more contacts have the number than are shown. */
  readonly more: (count: number) => string
  /** That the contacts cannot be searched. */
  readonly failed: string
}
