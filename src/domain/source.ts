/** Where contacts come from. Each source has at most one linked account, and an event stream of the same name. */
export const sources = ['microsoft365', 'google', 'outlook'] as const

/** One of `sources`. */
export type Source = (typeof sources)[number]
