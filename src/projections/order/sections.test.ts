import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { inDisplayOrder } from '../sort-contacts.ts'
import { sectionsOf } from './sections.ts'

const named = (full: string, at = 0) => sampleContact(`${full}${at}`, { name: { full } })
const sectionsIn = (locale: string, contacts: readonly Contact[]) =>
  sectionsOf(inDisplayOrder(contacts, locale), locale)
const labelsIn = (locale: string, ...names: string[]) =>
  sectionsIn(
    locale,
    names.map((name) => named(name)),
  ).map(({ label }) => label)

/** The index letters of CLDR 48 (`exemplarCharacters`, type `index`), where a group of letters shares one. */
const alphabets: readonly [locale: string, letters: string][] = [
  ['en', 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z'],
  ['de', 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z'],
  ['sv', 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Å Ä Ö'],
  ['da', 'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z Æ Ø Å'],
  ['is', 'A Á B C D Ð E É F G H I Í J K L M N O Ó P Q R S T U Ú V W X Y Ý Z Þ Æ Ö'],
  ['es', 'A B C D E F G H I J K L M N Ñ O P Q R S T U V W X Y Z'],
  ['cs', 'A B C Č D E F G H CH I J K L M N O P Q R Ř S Š T U V W X Y Z Ž'],
  ['hu', 'A B C CS D DZ DZS E F G GY H I J K L LY M N NY O Ö P Q R S SZ T TY U Ü V W X Y Z ZS'],
  ['hr', 'A B C Č Ć D DŽ Đ E F G H I J K L LJ M N NJ O P Q R S Š T U V W X Y Z Ž'],
  ['pl', 'A B C Ć D E F G H I J K L Ł M N O Ó P Q R S Ś T U V W X Y Z Ź Ż'],
  ['ro', 'A Ă Â B C D E F G H I Î J K L M N O P Q R S Ș T Ț U V W X Y Z'],
  ['tr', 'A B C Ç D E F G H I İ J K L M N O Ö P Q R S Ş T U Ü V W X Y Z'],
  ['vi', 'A Ă Â B C D Đ E Ê F G H I J K L M N O Ô Ơ P Q R S T U Ư V W X Y Z'],
  ['lt', 'A B C Č D E F G H I J K L M N O P R S Š T U V Z Ž'],
  ['et', 'A B C D E F G H I J K L M N O P Q R S Š Z Ž T U V W Õ Ä Ö Ü X Y'],
  ['ru', 'А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ы Э Ю Я'],
  ['uk', 'А Б В Г Ґ Д Е Є Ж З И І Ї Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ю Я'],
  ['el', 'Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω'],
  ['he', 'א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת'],
  ['ar', 'ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي'],
  ['fa', 'آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی'],
  ['hi', 'अ आ इ ई उ ऊ ऋ ए ऐ ओ औ क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह'],
  ['th', 'ก ข ค ฆ ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ ฒ ณ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม ย ร ล ว ศ ษ ส ห ฬ อ ฮ'],
  ['ka', 'ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ'],
  ['am', 'ሀ ለ ሐ መ ሠ ረ ሰ ሸ ቀ በ ቨ ተ ቸ ኀ ነ ኘ አ ከ ኸ ወ ዐ ዘ ዠ የ ደ ጀ ገ ጠ ጨ ጰ ጸ ፀ ፈ ፐ'],
  ['ja', 'あ か さ た な は ま や ら わ'],
]

test.each(alphabets)(
  'the letters of %s are those that its people expect, in their order',
  (locale, letters) => {
    expect(labelsIn(locale, ...letters.split(' ').toReversed())).toEqual(letters.split(' '))
  },
)

test.each([
  ['en', 'Ångström', 'A'],
  ['en', 'élodie', 'E'],
  ['en', 'Œuvre', 'O'],
  ['en', 'İnci', 'I'],
  ['en', 'ﬁona', 'F'],
  ['en', '𝓐nn', 'A'],
  ['en', '(Ann)', 'A'],
  ['en', '\u202eAnn\u202c', 'A'],
  ['de', 'Özil', 'O'],
  ['de-u-co-phonebk', 'Özil', 'O'],
  ['es', 'Chávez', 'C'],
  ['cs', 'Chalupa', 'CH'],
  ['cs', 'Ctibor', 'C'],
  ['hu', 'Dzsida', 'DZS'],
  ['sv', 'Øystein', 'Ö'],
  ['tr', 'ılgaz', 'I'],
  ['tr', 'istek', 'İ'],
  ['ro', 'Ştefan', 'Ș'],
  ['zh', 'Ānna', 'A'],
  ['ru', 'Ёлкин', 'Е'],
  ['en', 'Ж', 'Ж'],
  ['ar', 'أحمد', 'ا'],
  ['ar', 'يوسف', 'ي'],
  ['he', 'ךף', 'כ'],
  ['th', 'เกษม', 'ก'],
  ['ja', 'がんだ', 'か'],
  ['ja', 'ハナコ', 'は'],
  ['ja', 'ﾔﾏﾀﾞ', 'や'],
  ['ja', '山田', '漢'],
  ['en', '山田', '漢'],
  ['ko', '까치', 'ㄱ'],
  ['ko', '황', 'ㅎ'],
  ['ko', '王', 'ㅇ'],
  ['zh', '王伟', 'W'],
  ['zh', '张三', 'Z'],
  ['zh', '李四', 'L'],
  ['zh-TW', '王', '4劃'],
  ['zh-TW', '張', '11劃'],
  ['en', '9 Lives', '#'],
  ['ar', '٣ نجوم', '#'],
  ['en', '☎ Ann', '#'],
  ['en', '👩‍🚀', '#'],
  ['en', '---', '#'],
  ['en', 'ᏣᎳᎩ', '#'],
  ['en', '\ud800', '#'],
])('in %s, %s is under %s', (locale, name, label) => {
  expect(labelsIn(locale, name)).toEqual([label])
})

test('Chinese names stand among the Latin ones by pinyin', () => {
  const names = ['Zoe', '王伟', '阿明', 'Ann', 'Bo', 'Ivy', '张三']
  expect(sectionsIn('zh', names.map(named))).toEqual([
    { label: 'A', first: 0, count: 2 },
    { label: 'B', first: 2, count: 1 },
    { label: 'I', first: 3, count: 1 },
    { label: 'W', first: 4, count: 1 },
    { label: 'Z', first: 5, count: 2 },
  ])
})

test('the section # comes last, with numbers and what has nothing to show at its end', () => {
  const number = sampleContact('n', { name: {}, phones: [{ value: '5550100', kind: 'work' }] })
  const contacts = [sampleContact('x', { name: {} }), number, named('9 Lives'), named('Zoe'), named('Яна')]
  expect(sectionsIn('en', contacts)).toEqual([
    { label: 'Z', first: 0, count: 1 },
    { label: 'Я', first: 1, count: 1 },
    { label: '#', first: 2, count: 3 },
  ])
})

test('a Japanese name is under the sound of its reading, in every locale', () => {
  const read = sampleContact('y', {
    name: { full: '山田 花子', phoneticFamily: 'やまだ', phoneticGiven: 'はなこ' },
  })
  expect(sectionsOf([read], 'ja')[0]?.label).toBe('や')
  expect(sectionsOf([read], 'en', 'family-first')[0]?.label).toBe('や')
  expect(sectionsOf([read], 'en', 'given-first')[0]?.label).toBe('は')
})

test('the sections are by the part of the name that comes first in the setting', () => {
  const ann = sampleContact('a', { name: { full: 'Ann Lee', given: 'Ann', family: 'Lee' } })
  const label = (locale: string, ...nameOrder: ['given-first' | 'family-first'] | []) =>
    sectionsOf([ann], locale, ...nameOrder).map((section) => section.label)
  expect(label('en')).toEqual(['A'])
  expect(label('hu')).toEqual(['L'])
  expect(label('en', 'family-first')).toEqual(['L'])
  expect(label('hu', 'given-first')).toEqual(['A'])
})

test('no contact, no section', () => {
  expect(sectionsOf([], 'en')).toEqual([])
})

test('few of many contacts are looked at', () => {
  const contacts = Array.from({ length: 10_000 }, (_, at) => named('BCD'[Math.floor(at / 3_334)] ?? '', at))
  const look = vi.fn((contact: Contact) => contact.name)
  const watched = contacts.map((contact) =>
    Object.defineProperty({ ...contact }, 'name', { get: () => look(contact) }),
  )
  expect(sectionsOf(watched, 'en').map(({ count }) => count)).toEqual([3_334, 3_334, 3_332])
  expect(look.mock.calls.length).toBeLessThan(1_000)
})

const name = fc.oneof(
  fc.constantFrom(
    'Ann',
    'Åsa',
    'Øre',
    'chata',
    'Dzs',
    'Жан',
    'Ёж',
    'عمر',
    'やまだ',
    '山田',
    '阿',
    '김',
    'เก',
    '9',
    '☎',
    '-',
    'Þór',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
)
const locales = [
  'en',
  'sv',
  'cs',
  'hu',
  'tr',
  'ru',
  'ar',
  'th',
  'ja',
  'ko',
  'zh',
  'zh-TW',
  'zh-u-co-zhuyin',
  'zh-u-co-unihan',
]

test('in every locale, the sections cover each row once, one after the other, and no label comes twice', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), fc.constantFrom(...locales), (names, locale) => {
      const sections = sectionsIn(locale, names.map(named))
      let next = 0
      for (const { first, count } of sections) {
        expect([first, count > 0]).toEqual([next, true])
        next += count
      }
      expect(next).toBe(names.length)
      expect(new Set(sections.map(({ label }) => label)).size).toBe(sections.length)
    }),
    { numRuns: 300 },
  )
})

test('rows in any other order are covered once too', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), (names) => {
      const rows = sectionsOf(names.map(named), 'en').flatMap(({ first, count }) =>
        Array.from({ length: count }, (_, at) => first + at),
      )
      expect(rows).toEqual(names.map((_, at) => at))
    }),
  )
})
