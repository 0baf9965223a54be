/** The words of `<contact-list>` and of its card. */
export interface ListLabels {
  readonly heading: string
}
