/** A name of a source at the beginning of a line: `The Outlook app`. */
export const atBeginning = (name: string): string => name.charAt(0).toLocaleUpperCase() + name.slice(1)
