import type { Messages } from './catalogue.ts'
import { en } from './en.ts'

/** By language subtag (BCP 47). A new language is a file beside `en` and a line here. */
const languages: Readonly<Record<string, (locale: string) => Messages>> = { en }

/**
 * The messages in the language of a locale (BCP 47), or in English if there is no translation. Numbers and
 * times follow the language of the sentences, so that a sentence never mixes two. Never throws.
 */
export const messages = (locale = 'en'): Messages => {
  try {
    return (languages[new Intl.Locale(locale).language] ?? untranslated)(locale)
  } catch {
    return untranslated()
  }
}

const untranslated = (): Messages => en('en')
