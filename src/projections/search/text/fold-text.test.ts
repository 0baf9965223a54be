import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText, originalRange } from './fold-text.ts'

test.each([
  ['Straße ẞ', 'strasse ss'],
  ['ÆØÅ œ Þór Łódź Đorđe', 'aeoa oe thor lodz dorde'],
  ['İI ıi', 'ii ii'],
  ['Nguyễn', 'nguyen'],
  ['Ǆ ﬁ ℌ Ｍ', 'dz fi h m'],
  ['ΟΔΥΣΣΈΑΣ ς', 'οδυσσεασ σ'],
  ['Йод и\u0306 Ёж', 'йод й еж'],
  ['Їжак', 'їжак'],
  ['ガ カ\u3099 ｶﾞ', 'が が が'],
  ['アー', 'あー'],
  ['क़लम', 'क\u093Cलम'],
  ['राम', 'राम'],
  ['أإآٱ ى ة ک ی ـمـ', 'اااا ي ه ك ي م'],
  ['مُحَمَّد', 'محمد'],
  ['שָׁלוֹם', 'שלומ'],
  ['한', '\u1112\u1161\u11AB'],
  ['ㅎ', '\u1112'],
  ['٣ ۴ ५ ๖ ７ 𝟠 𞥙', '3 4 5 6 7 8 9'],
  ['O’Brien Oʼa O´b', "o'brien o'a o'b"],
  ['a\u200Db\u00ADc\uFE0F\u3164', 'abc'],
])('%s becomes %s', (original, folded) => expect(foldText(original).text).toBe(folded))

test('decimal digits of every numbering system become ASCII', () => {
  const systems = Intl.supportedValuesOf('numberingSystem')
  const digits = systems
    .map((system) => new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(9876543210))
    .filter((text) => /^\p{Nd}+$/u.test(text))
  expect(digits.length).toBeGreaterThan(40)
  expect(new Set(digits.map((text) => foldText(text).text))).toEqual(new Set(['9876543210']))
})

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('ßıİæﬁǆÅéйガｶﾞ한ㅎक़ אָأ😀\uD800\uDC00\u0301\u3099\u200D')),
    maxLength: 40,
  }),
)

// An invisible character may part a letter from its accent.
const visible = texts.map((text) => text.replaceAll(/[\p{Cf}\p{DI}]/gu, ''))

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(visible, (text) => {
      const once = foldText(text).text
      expect(foldText(once).text).toBe(once)
    }),
  )
})

test('each folded unit comes from a range of the original that folds to it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const folded = foldText(text)
      for (let unit = 0; unit < folded.text.length; unit++) {
        const [start, end] = originalRange(folded, unit, unit + 1)
        expect(0 <= start && start < end && end <= text.length).toBe(true)
        expect(foldText(text.slice(start, end)).text).toContain(folded.text[unit])
      }
    }),
  )
})
