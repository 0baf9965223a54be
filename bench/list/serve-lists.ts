import { pageModule, servePages } from '../web/serve-page.ts'

/** The lists that are compared. */
export const listNames = ['tanstack', 'plain', 'ours'] as const
export type ListName = (typeof listNames)[number]

/** All lists at one origin, which so have the same kept contacts, and the page that keeps them. */
export const serveLists = async (_: null, signal: AbortSignal): Promise<{ readonly origin: string }> => {
  const names = [...listNames, 'prepare']
  const entries = Object.fromEntries(
    names.map((name) => [name, pageModule(import.meta.url, `./pages/${name}`)]),
  )
  return { origin: await servePages(entries, signal) }
}
