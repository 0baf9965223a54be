import type { Fact } from '../../../src/node.ts'
import { stopwatch } from '../../harness/stopwatch.ts'
import { openOurLog } from '../../tasks/our-log.ts'
import { readPages } from './read-pages.ts'
import type { AppendInput } from './read-pages.ts'

/** Our store: a page is one event, encrypted, and one commit. */
export const appendOurs = async ({ file, list }: AppendInput) => {
  const pages = await readPages(list)
  const { log, obtainKey, close } = await openOurLog(file)
  // Happens once per linked account, so it is not measured, like creating the tables.
  await obtainKey()

  const watch = stopwatch()
  for (const [index, contacts] of pages.entries()) await log.append([pageFetched(index + 1, contacts)], [])
  const ms = watch.lap()
  await close()
  return { ms, contacts: await storedIn(file) }
}

const pageFetched = (page: number, contacts: readonly unknown[]) =>
  ({
    stream: 'microsoft365',
    type: 'page.fetched',
    attempt: 'attempt',
    data: { page, contacts: contacts.length, skipped: {} },
    payload: { contacts, skipped: [], cursor: null },
  }) as Fact

const storedIn = async (file: string): Promise<number> => {
  const { log, close } = await openOurLog(file)
  let stored = 0
  for await (const { payload } of log.readOn({ payloads: true }))
    stored += (payload as { contacts: unknown[] } | null)?.contacts.length ?? 0
  await close()
  return stored
}
