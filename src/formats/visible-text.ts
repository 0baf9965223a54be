// White space, controls, and what Unicode calls "default ignorable" (UAX #44), as are fillers and joiners. The
// braille blank is drawn as a space.
const visible = /[^\p{White_Space}\p{Cc}\p{Cf}\p{DI}\u2800]/u

/** Whether a text has anything that a person can see. A name of spaces or fillers alone is no name. */
export const isVisible = (text: string): boolean => visible.test(text)
