import type { Messages } from '../../../messages.ts'

/** How a page takes the files that a person chooses: `outlookFile()` of `device-contacts/browser`. */
export interface FileChoice {
  choose(files: readonly File[]): void
}

/** The words of the element, for a card whose contacts come from a file, without a sign-in. */
export const fileWords = (texts: Messages): Messages => {
  const { settings } = texts
  const { file } = settings
  return {
    ...texts,
    settings: {
      ...settings,
      steps: { ...settings.steps, ...file.steps },
      commands: { ...settings.commands, ...file.commands },
      hints: { ...settings.hints, restart: file.restartHint },
      consent: { ...settings.consent, heading: file.opening, preparing: () => file.openingHint },
      signOut: {
        ...settings.signOut,
        question: () => file.question,
        goesSignIn: file.goesRecord,
        staysThere: () => file.staysThere,
        cancel: file.cancel,
        done: () => file.done,
      },
    },
  }
}
