import { isWithin } from '../../http/service-url.ts'
import { isDenied, isFolderGone, isRefused } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { latestOf, type GraphItem } from '../graph/graph-item.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { readPage, type GraphPage } from '../graph/page.ts'
import type { TrackedFolder } from './cursor/delta-cursor.ts'
import type { Doubts } from './cursor/doubts.ts'
import { defaultFolder, folderLists, foldersFrom } from './folders.ts'
import { RelistRequired } from './relist-required.ts'
import { findFolders } from './discovery/missing-folders.ts'
import { checkFolders } from './discovery/same-folders.ts'
import type { MailboxUrls } from './urls.ts'

/** A further question of a round, in the same request: whether a folder that is not read should be read. */
interface FolderQuestion {
  readonly link: string
  /** Called with the response. Throws `RelistRequired` if the folder should be read. */
  readonly onAnswer: (answer: PromiseSettledResult<unknown> | undefined) => Promise<void> | void
}

/** The responses for a round, in the order of its links. */
export type RoundAnswers = Promise<{
  readonly answers: readonly PromiseSettledResult<unknown>[]
  readonly questions: readonly FolderQuestion[]
}>

/** Requests the changes of all folders, and the folders themselves. */
export const askRound = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly TrackedFolder[],
  doubts: Doubts,
): RoundAnswers => {
  const questions = folderQuestions(graph, urls, folders, doubts)
  const links = [
    ...folders.map(({ delta }) => delta),
    ...folderLists(urls, folders),
    ...questions.map(({ link }) => link),
  ]
  return { answers: await graph.followAll(links, { hasDetour: true }), questions }
}

/** Further folders wait for a later round, so that everything fits into one request. */
const MOST_QUESTIONS = 3

const folderQuestions = (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly TrackedFolder[],
  doubts: Doubts,
): readonly FolderQuestion[] => {
  // The default folder, or a folder that was listed but did not answer, may be back.
  const absent = folders.some(({ id }) => id === null) ? [] : [defaultFolder]
  const read = new Set(folders.map(({ id }) => id))
  const back = [...absent, ...[...doubts.unreadable].map((id) => ({ id }))].map((folder) => ({
    // Request what the folder did not answer: its pages, or the number of its contacts.
    link: read.has(folder.id) ? urls.identities(folder, 0, 1) : urls.count(folder),
    onAnswer: (answer: PromiseSettledResult<unknown> | undefined) => {
      if (answer?.status === 'fulfilled') throw new RelistRequired()
    },
  }))
  const left = doubts.unasked.map((id) => ({
    link: urls.folder(id),
    onAnswer: async (answer: PromiseSettledResult<unknown> | undefined) => {
      const { found, unknown } =
        answer?.status === 'fulfilled'
          ? await findFolders(graph, urls, [id], folders)
          : { found: [], unknown: isFolderGone(answer?.reason) ? [] : [id] }
      if (found.length > 0) throw new RelistRequired(undefined, id)
      if (unknown.length > 0) doubts.cannotTell(id)
      else doubts.isElsewhere(id)
    },
  }))
  // These come first, because contacts that are about to be removed depend on their answers.
  return [...left, ...back].slice(0, MOST_QUESTIONS)
}

/** Reads a round to its end. Throws `RelistRequired` if a folder is new or gone, or a delta link no longer works. */
export const readRound = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly TrackedFolder[],
  { answers, questions }: Awaited<RoundAnswers>,
  doubts: Doubts,
): Promise<{ changes: readonly FolderChanges[]; names: ReadonlyMap<string, string | null> }> => {
  const lists = folderLists(urls, folders)
  const end = folders.length + lists.length
  const listing = await foldersFrom(graph, urls, lists, answers.slice(folders.length, end))
  await checkFolders(graph, urls, folders, listing, doubts)
  for (const [index, { onAnswer }] of questions.entries()) await onAnswer(answers[end + index])
  const first = answers.slice(0, folders.length)
  const isOne = first.some(({ status }) => status === 'fulfilled')
  const count = changeCount()
  const changes = await Promise.all(first.map((answer) => readChanges(graph, urls, answer, isOne, count)))
  return { changes, names: new Map(listing.folders.map(({ id, name }) => [id, name])) }
}

/**
 * All changes of a round are kept in memory. If there are more than this, listing takes fewer requests than asking
 * what changed.
 */
const MOST_CHANGES = 50_000

/** Counts the changes of all folders in a round. Throws `RelistRequired` if there are too many. */
const changeCount = () => {
  let count = 0
  return (changes: number): void => {
    count += changes
    if (count > MOST_CHANGES) throw new RelistRequired()
  }
}

interface FolderChanges {
  /** The items as the delta query of this folder lists them. */
  readonly items: readonly GraphItem[]
  readonly delta: string
}

/**
 * All changes of one folder, each contact as last listed, and the link to the next changes.
 *
 * @param isOne whether other folders have answered, so that denied access concerns this folder only
 */
const readChanges = async (
  graph: GraphClient,
  urls: MailboxUrls,
  first: PromiseSettledResult<unknown>,
  isOne: boolean,
  count: (changes: number) => void,
): Promise<FolderChanges> => {
  const service = new URL(urls.base)
  const guard = loopGuard()
  const items: GraphItem[] = []
  try {
    if (first.status === 'rejected') throw first.reason
    for (
      let page = deltaPage(first.value);
      ;
      page = deltaPage(await graph.follow(page.next, { hasDetour: true }))
    ) {
      const link = page.next ?? page.delta
      if (guard.repeats(page) || (link !== null && !isWithin(service, link))) throw new RelistRequired()
      guard.take(page)
      count(page.items.length)
      for (const item of page.items) items.push(item)
      if (page.next !== null) continue
      if (page.delta === null) throw new RelistRequired()
      return { items: latestOf(items), delta: page.delta }
    }
  } catch (error) {
    throw isRefused(error) || (isOne && isDenied(error)) ? new RelistRequired(error) : error
  }
}

/** A page of a delta query. Throws `RelistRequired` for any other response, because the link no longer works. */
const deltaPage = (body: unknown): GraphPage => {
  try {
    return readPage(body)
  } catch (error) {
    throw new RelistRequired(error)
  }
}
