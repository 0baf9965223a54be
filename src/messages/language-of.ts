/** The language subtag of a locale (BCP 47); null if the locale is none. */
export const languageOf = (locale: string): string | null => {
  try {
    return new Intl.Locale(locale).language
  } catch {
    return null
  }
}

/** An English locale as it is, so that its region decides on numbers and times; of any other, `en`. */
export const englishLocale = (locale: string): string => (languageOf(locale) === 'en' ? locale : 'en')
