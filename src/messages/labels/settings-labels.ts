import type { Steps } from '../catalogue.ts'

/** The words of `<contact-settings>` that no failure, refusal or notice has. */
export interface SettingsLabels {
  readonly heading: string
  /** How a person gives each command in the element, within a sentence. */
  readonly steps: Steps
}
