import type { NumberReading } from './read-number.ts'

type Digits = Pick<NumberReading, 'e164' | 'digits'>

/** Android compares as many by default (`config_phonenumber_compare_min_match`); with fewer, 911 would be 555-0911. */
const SHORTEST = 7

/** As many as a national number has, so that what differs before them is a prefix: a trunk 8, a former mobile 1. */
const NATIONAL = 9

/** The last seven digits: numbers that agree have the same. Null if there are fewer. */
export const suffixKey = (number: Digits): string | null => {
  const digits = comparable(number)
  return digits.length < SHORTEST ? null : digits.slice(-SHORTEST)
}

/**
 * Whether two numbers with the same `suffixKey` may be the same: one ends in all of the other, or at least nine digits
 * are equal. Two different numbers in E.164 never are.
 */
export const agreeInSuffix = (one: Digits, other: Digits): boolean => {
  if (one.e164 !== null && other.e164 !== null) return one.e164 === other.e164
  const [a, b] = [comparable(one), comparable(other)]
  const shorter = Math.min(a.length, b.length)
  const needed = Math.min(shorter, NATIONAL)
  return a.slice(-needed) === b.slice(-needed)
}

/** Zeros before a number are trunk or international prefixes. */
const comparable = ({ e164, digits }: Digits): string => e164?.slice(1) ?? digits.replace(/^0+/, '')
