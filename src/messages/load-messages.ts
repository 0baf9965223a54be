import type { Messages } from './catalogue.ts'
import { englishLocale, languageOf } from './language-of.ts'

type Language = (locale: string) => Messages

const loadEnglish = async (): Promise<Language> => {
  const { en } = await import('./en/en.ts')
  return (locale) => en(englishLocale(locale))
}

/** By language subtag (BCP 47), each loaded when it is first used. A new language is a folder beside `en` and a line here. */
const translations: Readonly<Record<string, () => Promise<Language>>> = {
  de: async () => (await import('./de/de.ts')).de,
}

/**
 * The messages in the language of a locale (BCP 47), or in English if there is no translation or it cannot be loaded.
 * Each language is a chunk of a bundle. Rejects if English cannot be loaded either.
 */
export const loadMessages = async (locale = 'en'): Promise<Messages> => {
  const load = translations[languageOf(locale) ?? 'en'] ?? loadEnglish
  const language = await load().catch(loadEnglish)
  return language(locale)
}
