// Excludes white space, control characters, and characters that Unicode calls "default ignorable" (UAX #44), such as
// fillers and joiners. The braille blank is drawn as a space.
const visible = /[^\p{White_Space}\p{Cc}\p{Cf}\p{DI}\u2800]/u

/** Whether a text has any visible character. A name that consists only of spaces or fillers does not count as a name. */
export const isVisible = (text: string): boolean => visible.test(text)
