import type { IncomingMessage } from 'node:http'
import { json, localService, type LocalAnswer, type LocalService } from './local-service.ts'

/** The answers of Graph by path. Any other path answers 400. */
export type GraphAnswers = Readonly<Record<string, LocalAnswer | object>>

/** The smallest mailbox: an empty default folder and no other. */
export const emptyMailbox: GraphAnswers = {
  '/me/contacts': { value: [] },
  '/me/contactFolders': { value: [] },
}

/** A Graph without logic: it returns exactly the answers of the test. */
export const localGraph = (answers: GraphAnswers): Promise<LocalService> => {
  const paths = Object.keys(answers)
  return localService((response, request) => {
    const path = paths.find((candidate) => request.url?.split('?')[0] === `/v1.0${candidate}`)
    const answer = path === undefined ? json({ error: { code: 'NotServed' } }, 400) : answers[path]
    return (typeof answer === 'function' ? (answer as LocalAnswer) : json(answer))(response, request)
  })
}

/** Chooses the answer by the query of the request. */
export const byQuery =
  (answer: (query: URLSearchParams, request: IncomingMessage) => object): LocalAnswer =>
  (response, request) =>
    json(answer(new URL(request.url ?? '', 'http://x').searchParams, request))(response, request)

/** Consecutive pages, linked by `$skip` as Outlook writes it. Without counts. */
export const paged = (path: string, ...pages: readonly object[][]): LocalAnswer =>
  byQuery((query, { headers }) => {
    const skip = Number(query.get('$skip') ?? 0)
    const link = `http://${headers.host ?? ''}/v1.0${path}?%24select=id%2cdisplayName&%24top=1000&%24skip=`
    const isLast = query.has('$count') || skip >= pages.length - 1
    return { value: pages[skip], ...(!isLast && { '@odata.nextLink': `${link}${skip + 1}` }) }
  })
