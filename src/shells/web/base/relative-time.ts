const MINUTE = 60_000

/** In minutes, the largest first. */
const units = [
  ['year', 525_600],
  ['month', 43_200],
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const

/** `5 minutes ago` in a language (BCP 47). Null for the last minute, and for a time in the future. */
export const timeAgo = (iso: string, now: number, locale: string): string | null => {
  const minutes = (now - Date.parse(iso)) / MINUTE
  const unit = units.find(([, length]) => minutes >= length)
  if (unit === undefined) return null
  const [name, length] = unit
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(
    -Math.floor(minutes / length),
    name,
  )
}

/** Time left until then: `14:59`. Never negative. */
export const timeLeft = (until: Date | string, now: number): string => {
  const seconds = secondsLeft(until, now)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Whole seconds until then, at least 0. A client in another thread may have received the time as a text. */
export const secondsLeft = (until: Date | string, now: number): number =>
  Math.max(0, Math.ceil((new Date(until).getTime() - now) / 1000))
