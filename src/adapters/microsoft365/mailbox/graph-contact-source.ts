import type { SourceReport } from '../../../domain/reports.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import { graphAccess, type GraphAccess, type GraphOptions } from '../graph/graph-access.ts'
import { readMailbox } from './read-mailbox.ts'
import { mailboxUrls } from './urls.ts'

/** Which Graph to read, with which tokens and limits. Only `graphUrl` and `tokens` are required. */
export interface GraphContactSourceOptions extends GraphOptions {
  /** Contacts on a page. Default: 1,000, Outlook's maximum. */
  readonly pageSize?: number
  /** An attempt that reads more contacts than this is a `bad-answer`. Default: 1,000,000, more than any mailbox is known to hold. */
  readonly mostItems?: number
  /**
   * Also reads what Outlook keeps and Graph's contact lacks: second mobile, other, fax and pager numbers, those of the
   * assistant and the company, the anniversary and the personal web page. Makes each page slower. Default: false.
   */
  readonly extendedProperties?: boolean
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, or the changes in them. docs/import-engine.md explains
 * how the list matches a mailbox that changes meanwhile. Needs the permission `Contacts.Read`. Throws
 * `app-misconfigured` for an address to which no token may be sent.
 */
export const graphContactSource = (options: GraphContactSourceOptions): ContactSource =>
  contactSourceOf(graphAccess(options), options)

/** The same over an access that others share. */
export const contactSourceOf = (
  access: GraphAccess,
  { pageSize, mostItems, extendedProperties }: Omit<GraphContactSourceOptions, keyof GraphOptions>,
): ContactSource => {
  const { service } = access
  return {
    source: 'microsoft365',
    async *fetch(request: FetchRequest, context: FetchContext): AsyncGenerator<SourceReport> {
      // Ends prefetched requests when the consumer stops early.
      const ended = new AbortController()
      const abort = () => ended.abort(context.signal.reason)
      context.signal.addEventListener('abort', abort, { once: true })
      try {
        context.signal.throwIfAborted()
        const graph = access.connect(ended.signal, {
          onWaiting: (waiting) => context.progress({ waiting }),
          retryNow: context.retryNow,
        })
        for await (const report of readMailbox({
          graph,
          service,
          urls: mailboxUrls(service, pageSize, extendedProperties),
          ...(mostItems !== undefined && { mostItems }),
          request,
          context,
        })) {
          context.signal.throwIfAborted()
          yield report
        }
      } catch (error) {
        context.signal.throwIfAborted()
        throw error
      } finally {
        context.signal.removeEventListener('abort', abort)
        ended.abort()
      }
    },
  }
}
