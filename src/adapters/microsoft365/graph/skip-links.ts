/** Makes links to other pages of a list, in the form of one of the service's links. */
export const likeLink =
  (link: string) =>
  (skip: number): string =>
    link.replace(/((?:\$|%24)skip=)\d+/i, `$1${skip}`)

/**
 * The `$skip` of a link that otherwise requests the same as `like`; null for any other link, which only the server
 * can interpret. Compares options, not text: Outlook returns them in a different order and spelling.
 */
export const skipIn = (link: string, like: string): number | null => {
  if (!URL.canParse(link)) return null
  const options = optionsOf(link)
  const skip = options.get('$skip') ?? ''
  options.delete('$skip')
  const wanted = optionsOf(like)
  wanted.delete('$skip')
  const isSame =
    options.size === wanted.size && [...options].every(([name, value]) => wanted.get(name) === value)
  return isSame && /^\d{1,9}$/.test(skip) ? Number(skip) : null
}

const optionsOf = (link: string): Map<string, string> => new Map(new URL(link).searchParams)
