/** The words of `<import-inspector>`. */
export interface InspectorLabels {
  readonly heading: string
}
