import { checkCount, type ImportInput } from '../graph/listing.ts'
import { withPage } from './list-page.ts'
import type { Prepare } from './pages/prepare.page.ts'

export interface KeepInput extends ImportInput {
  /** Origin of the lists. */
  readonly lists: string
  readonly profile: string
}

/** Makes a profile of the browser in which the contacts are kept, for all lists. */
export const keepContacts = async (input: KeepInput): Promise<null> => {
  const { lists, profile, origin, token } = input
  const count = await withPage({ address: `${lists}/prepare`, profile, slowdown: 1 }, ({ page }) =>
    page.evaluate((graph) => (globalThis as unknown as { prepare: Prepare }).prepare(graph), {
      origin,
      token,
    }),
  )
  checkCount(count, input)
  return null
}
