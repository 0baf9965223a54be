/** A text at the beginning of a line: `the Outlook app` becomes `The Outlook app`. */
export const capitalized = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
