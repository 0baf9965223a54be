import { extname } from 'node:path'
import { net } from 'electron'

/** A scheme of its own: pages of `file:` may do more than they should, and have no origin. */
export const SCHEME = 'app'
export const PAGE = `${SCHEME}://contacts/index.html`

/** Where the build puts the page. */
const folder = new URL('renderer/', import.meta.url)

/** What a build consists of. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
}

/** Paths of plain names: no `..`, and nothing encoded. */
const plainPath = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/

/** The page has no network, and loads its own files only. Photos of contacts are blobs, and Lit makes markup. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src blob:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"

/** Answers requests of the page with files of its folder. */
export const pageFile = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const type = types[extname(pathname)]
  if (type === undefined || !plainPath.test(pathname)) return notFound()
  try {
    const { body } = await net.fetch(new URL(`.${pathname}`, folder).href)
    const headers = { 'content-type': type, 'content-security-policy': policy }
    return new Response(body, { headers: { ...headers, 'x-content-type-options': 'nosniff' } })
  } catch {
    return notFound()
  }
}

const notFound = (): Response => new Response(null, { status: 404 })
