import type { Messages } from './catalogue.ts'
import { en } from './en/en.ts'

type Language = (locale: string) => Messages

/** By language subtag (BCP 47), each loaded when it is first used. A new language is a folder beside `en` and a line here. */
const translations: Readonly<Record<string, () => Promise<Language>>> = {
  de: async () => (await import('./de/de.ts')).de,
}

/**
 * The messages in English. Numbers and times follow an English locale (`en-GB`, BCP 47); of another language, they follow
 * `en`, so that a sentence never mixes two. Never throws.
 */
export const messages = (locale = 'en'): Messages => en(languageOf(locale) === 'en' ? locale : 'en')

/**
 * The messages in the language of a locale (BCP 47), or in English if there is no translation or it cannot be loaded. Never
 * rejects.
 */
export const loadMessages = async (locale = 'en'): Promise<Messages> => {
  try {
    const translation = await translations[languageOf(locale) ?? 'en']?.()
    return translation?.(locale) ?? messages(locale)
  } catch {
    return messages(locale)
  }
}

/** The language subtag; null if the locale is none. */
const languageOf = (locale: string): string | null => {
  try {
    return new Intl.Locale(locale).language
  } catch {
    return null
  }
}
