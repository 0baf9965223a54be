/** Where contacts come from. At most one linked account each; its event stream bears the source's name. */
export const sources = ['microsoft365', 'google', 'outlook'] as const

export type Source = (typeof sources)[number]
