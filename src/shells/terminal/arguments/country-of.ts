import { UsageError } from './usage-error.ts'

/** The country of numbers without a country code: ISO 3166-1 alpha-2. Throws `UsageError` if none is like it. */
export const countryOf = async (country: string | undefined): Promise<string> => {
  if (country === undefined)
    return new Intl.Locale(new Intl.NumberFormat().resolvedOptions().locale).maximize().region ?? ''
  const [{ getCountries }, { default: metadata }] = await Promise.all([
    import('libphonenumber-js/core'),
    import('libphonenumber-js/metadata.max.json'),
  ])
  if (getCountries(metadata).some((known) => known === country)) return country
  throw new UsageError(
    `Option --country: no telephone numbers of ${country} are known. Give two letters such as US or GB.`,
  )
}
