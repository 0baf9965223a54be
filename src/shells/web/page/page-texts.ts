import { dePageTexts } from './texts/de-page-texts.ts'
import { enPageTexts } from './texts/en-page-texts.ts'

/** The words of the frame around the elements. */
export interface PageTexts {
  /** BCP 47. */
  readonly language: string
  readonly appName: string
  readonly navigation: string
  /** A word for the bottom of a narrow page, and the label beside a wide one. */
  readonly contacts: string
  readonly myContacts: string
  readonly settings: string
  readonly settingsPath: string
  readonly call: string
  readonly incomingCall: string
  readonly inside: string
  readonly whatHappensInside: string
  readonly callHeading: string
  readonly callHelp: string
  readonly number: string
  readonly ring: string
  readonly hangUp: string
  /** Before numbers of one's own contacts. */
  readonly someOfYours: string
  /** Said of the settings when an account needs the person. */
  readonly needsYou: string
  /** Said of the settings while an import runs. */
  readonly isRunning: string
  readonly starting: string
  /** The connection to the program. */
  readonly lost: string
  /** The network or the server did not give the code of an element. */
  readonly incomplete: string
  readonly ended: readonly [heading: string, next: string]
  readonly refused: readonly [heading: string, next: string]
  readonly deleteStored: string
  readonly deleteLater: string
  readonly reload: string
}

/** In German for `de` and what belongs to it, else in English. */
export const pageTexts = (locale: string): PageTexts => (/^de(-|$)/i.test(locale) ? dePageTexts : enPageTexts)
