import type { Contact } from '../../src/domain/contact.ts'

/** The country of the device. */
export const COUNTRY = 'DE'

export interface Call {
  /** As the phone tells it. */
  readonly number: string
  /** The contact that calls. Null for a stranger. */
  readonly key: string | null
}

/** Contacts with two numbers each, in the spellings that people use, and a call of each; every fifth is a stranger's. */
export const inventNumbers = (count: number): { contacts: readonly Contact[]; calls: readonly Call[] } => {
  const random = seeded(13)
  const known = new Set<string>()
  const numberOf = (): Invented => {
    for (;;) {
      const number = pick(random, plans)(random)
      if (!known.has(e164Of(number))) return (known.add(e164Of(number)), number)
    }
  }
  const owners = Array.from({ length: count }, (_, place) => ({
    place,
    numbers: [numberOf(), numberOf()] as const,
  }))
  const contacts = owners.map(({ place, numbers }) =>
    contactOf(
      `${place}`,
      numbers.map((number) => spelled(number, random(5))),
    ),
  )
  const calls = owners.map(({ place, numbers }): Call => {
    const isStranger = random(5) === 0
    const number = isStranger ? numberOf() : pick(random, numbers)
    return { number: told(number, random(10)), key: isStranger ? null : `${place}` }
  })
  return { contacts, calls }
}

interface Invented {
  readonly code: string
  readonly area: string
  readonly rest: string
}

type Random = (below: number) => number
type Plan = (random: Random) => Invented

const plans: readonly [Plan, ...Plan[]] = [
  (random) => ({
    code: '49',
    area: pick(random, ['30', '40', '89', '221']),
    rest: `${2_000_000 + random(7_999_999)}`,
  }),
  (random) => ({ code: '49', area: `17${random(10)}`, rest: `${1_000_000 + random(8_999_999)}` }),
  (random) => ({
    code: '1',
    area: pick(random, ['206', '425', '212', '415']),
    rest: `${2_000_000 + random(7_999_999)}`,
  }),
  (random) => ({ code: '44', area: '20', rest: `7${1_000_000 + random(8_999_999)}` }),
  (random) => ({ code: '33', area: `${1 + random(5)}`, rest: `${10_000_000 + random(89_999_999)}` }),
]

const pick = <T>(random: Random, [first, ...others]: readonly [T, ...T[]]): T =>
  others[random(others.length + 1) - 1] ?? first

const e164Of = ({ code, area, rest }: Invented): string => `+${code}${area}${rest}`

const spelled = (number: Invented, style: number): string => {
  const { code, area, rest } = number
  const parts = `${rest.slice(0, 3)} ${rest.slice(3)}`
  if (code === '49' && style === 0) return `(0${area}) ${parts}`
  if (code === '49' && style < 3) return style === 1 ? `0${area} ${parts}` : `0${area}/${rest}`
  if (style === 3 && code !== '1') return `+${code} (0)${area} ${parts}`
  return style === 4 ? `00${code} ${area} ${rest}` : `+${code} ${area} ${parts}`
}

const told = (number: Invented, style: number): string => {
  if (style < 2 && number.code === '49') return `0${number.area}${number.rest}`
  return style === 2 ? e164Of(number).replace('+', '00') : e164Of(number)
}

const contactOf = (key: string, numbers: readonly string[]): Contact => ({
  key,
  id: key,
  source: 'microsoft365',
  name: {},
  phones: numbers.map((value) => ({ value, kind: 'work' })),
  emails: [],
  addresses: [],
  ims: [],
  categories: [],
})

/** The same numbers in every run (Park and Miller). */
const seeded = (seed: number): Random => {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
