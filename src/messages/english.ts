import type { Messages } from './catalogue.ts'
import { en } from './en/en.ts'
import { englishLocale } from './language-of.ts'

/**
 * The messages in English. Numbers and times follow an English locale (`en-GB`, BCP 47); of another language, they follow
 * `en`, so that a sentence never mixes two. Never throws.
 */
export const messages = (locale = 'en'): Messages => en(englishLocale(locale))
