// Graph's own spelling, which is what comes nearly always; anything else takes the longer way.
const usual = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)Z$/
const dated = /^\d{4}-\d\d-\d\dT/

/** A time in the one spelling of `Date.toISOString`, so that times compare as text; null where it is none. */
export const readTime = (text: string): string | null => {
  const [, seconds] = usual.exec(text) ?? []
  if (seconds !== undefined) return `${seconds}.000Z`
  const time = dated.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
