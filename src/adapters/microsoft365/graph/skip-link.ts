/**
 * Where a link leads in a listing that is paged by plain numbers: the `$skip` in it, where all else asks for the
 * same as `like` does. Null for any other link: what it means is its server's business. Outlook writes the
 * options of its links in another order and spelling than they came.
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
