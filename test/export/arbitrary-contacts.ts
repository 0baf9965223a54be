import fc from 'fast-check'
import type { Contact, PartialDate } from '../../src/domain/contact.ts'

/** Texts that writers stumble over. */
const hostile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom(...Array.from('aé山👩;,:\\"^\n\r\t =')), maxLength: 90 }),
  },
  // The tests of vCards need a character that stands for another.
  fc.string({ unit: 'binary', maxLength: 60 }).map((each) => each.replaceAll('\ufdd1', '')),
  fc.constantFrom(
    '\ud800',
    '\ud83d\u0000\ude00',
    'a\udc00b',
    'BEGIN:VCARD\r\nEND:VCARD\r\n',
    '\\n',
    '\\;',
    ';;;;',
    '\u0000x\u0085y\u2028',
  ),
)
const text = hostile.filter((each) => each !== '')
const number = fc.oneof(
  text,
  fc.constantFrom('+1 206 555 0100', '0044 20 7946 0000', '911', '12345678901234', '1;ext=4', '+1-20;ext=4'),
)
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 4 })
const fields = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] })
const kinds = ['work', 'home', 'mobile', 'other'] as const

const date: fc.Arbitrary<PartialDate> = fc
  .tuple(
    fc.option(fc.integer({ min: 1, max: 9999 })),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, day]) => ({ ...(year !== null && { year }), month, day }))

/** Contacts with any text anywhere. */
export const arbitraryContact: fc.Arbitrary<Contact> = fc
  .tuple(
    fc.record({
      key: fc.string({ minLength: 1 }),
      id: text,
      source: fc.constant('microsoft365' as const),
      name: fields({
        ...{ full: text, given: text, middle: text, family: text, prefix: text, suffix: text },
        ...{ phoneticGiven: text, phoneticFamily: text, fileAs: text },
      }),
      phones: some(
        fc
          .record(
            {
              value: number,
              kind: fc.constantFrom(
                ...kinds,
                'fax' as const,
                'pager' as const,
                'assistant' as const,
                'company' as const,
              ),
              at: fc.constantFrom('work' as const, 'home' as const),
              label: text,
              preferred: fc.constant(true as const),
            },
            { requiredKeys: ['value', 'kind'] },
          )
          // Other numbers say by their kind where they are.
          .map(({ at, ...phone }) =>
            at !== undefined && ['mobile', 'fax', 'pager'].includes(phone.kind) ? { ...phone, at } : phone,
          ),
      ),
      emails: some(
        fields({
          ...{ address: text, name: text, kind: fc.constantFrom(...kinds), label: text },
          preferred: fc.constant(true as const),
        }),
      ),
      addresses: some(
        fc
          .tuple(
            fc.constantFrom(...kinds),
            fields({
              label: text,
              street: text,
              city: text,
              region: text,
              postalCode: number,
              country: text,
            }),
          )
          .map(([kind, parts]) => ({ kind, ...parts })),
      ),
      ims: some(text),
      categories: some(text),
    }),
    fields({
      nickname: text,
      organization: fields({
        ...{ name: text, phoneticName: text, department: text, title: text, office: text },
        ...{ profession: text, manager: text, assistant: text },
      }),
      otherOrganizations: some(fields({ name: text, department: text, title: text })),
      sips: some(text),
      birthday: date,
      anniversary: date,
      spouse: text,
      children: some(text),
      note: text,
      url: text,
      personalUrl: text,
      modified: fc.constant('2026-01-02T03:04:05.678Z'),
    }),
  )
  .map(([needed, optional]) => ({ ...needed, ...optional }))

/** What a file can hold of a text, by the rules that the writers promise. */
export const asWritten = (value: string): string =>
  Array.from(value.replaceAll('\r\n', '\n'), (character) => {
    const code = character.codePointAt(0) ?? 0
    if ([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029].includes(code)) return '\n'
    if (code === 0x7f || (code < 0x20 && code !== 9)) return ''
    return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : character
  }).join('')
