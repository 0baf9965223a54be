import type { Faker } from '@faker-js/faker'

/** Invents values for one language and country. */
export interface Locale {
  readonly code: string
  readonly country: string
  readonly faker: Faker
}

/**
 * Loads the languages one by one and only to fill a mailbox: all of faker's together take seconds. English comes first;
 * its random generator also decides for the others.
 */
export const loadLocales = async (): Promise<readonly [Locale, ...Locale[]]> => {
  const [en, ...others] = await Promise.all([
    import('@faker-js/faker/locale/en').then(of('en', 'USA')),
    import('@faker-js/faker/locale/de').then(of('de', 'Deutschland')),
    import('@faker-js/faker/locale/fr').then(of('fr', 'France')),
    import('@faker-js/faker/locale/es').then(of('es', 'España')),
    import('@faker-js/faker/locale/pl').then(of('pl', 'Polska')),
    import('@faker-js/faker/locale/tr').then(of('tr', 'Türkiye')),
    import('@faker-js/faker/locale/vi').then(of('vi', 'Việt Nam')),
    import('@faker-js/faker/locale/el').then(of('el', 'Ελλάδα')),
    import('@faker-js/faker/locale/ru').then(of('ru', 'Россия')),
    import('@faker-js/faker/locale/ar').then(of('ar', 'مصر')),
    import('@faker-js/faker/locale/he').then(of('he', 'ישראל')),
    import('@faker-js/faker/locale/th').then(of('th', 'ประเทศไทย')),
    import('@faker-js/faker/locale/ja').then(of('ja', '日本')),
    import('@faker-js/faker/locale/ko').then(of('ko', '대한민국')),
    import('@faker-js/faker/locale/zh_CN').then(of('zh_CN', '中国')),
    import('@faker-js/faker/locale/ne').then(of('ne', 'नेपाल')),
  ])
  return [en, ...others]
}

const of =
  (code: string, country: string) =>
  ({ faker }: { faker: Faker }): Locale => ({ code, country, faker })
