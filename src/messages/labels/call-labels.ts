/** The words of `<incoming-call>`. */
export interface CallLabels {
  readonly heading: string
}
