import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../../sandbox/index.ts'
import { readPageFiles } from '../../web/page-files.ts'
import { pageFolder } from '../../web/page-folder.ts'
import { safeHeaders } from '../../web/page-headers.ts'
import { end, servePage } from '../../web/page-server.ts'
import type { PageServer, PageServerOptions } from '../../web/page-server.ts'
import { refusePort } from '../../web/refuse-port.ts'
import { isLasting, isPassing } from '../page/trials.ts'
import type { Trial, TrialState } from '../page/trials.ts'
import { exportedTable } from './exported-table.ts'
import { isTrial, mailboxSize, PERSON, trialsOf } from './set-trial.ts'

/** A browser keeps contacts for an address, so the address is the same each time. */
const USUAL_PORT = 4380

const TRIALS = '/try/'

const notice = {
  en: 'This is a sandbox tenant on your machine. Its people are invented, and nothing reaches Microsoft or Google.',
  de: 'Das ist ein Testmandant (Sandbox) auf Ihrem Gerät. Alle Personen sind erfunden, und nichts erreicht Microsoft oder Google.',
}

/**
 * Serves the page with its book in the browser, registered at the sandbox as a single-page application, and with *Try what
 * goes wrong*. Throws `UsageError` if the port cannot be used.
 */
export const serveSandboxPage = async (sandbox: Sandbox, port: number | undefined): Promise<PageServer> => {
  const page = await serve(sandbox, port)
  const { spaRedirects } = sandbox.settings.current
  sandbox.settings.change({ spaRedirects: [...spaRedirects, `${page.origin}/sign-in.html`] })
  return page
}

const serve = async (sandbox: Sandbox, port: number | undefined): Promise<PageServer> => {
  // From the command, which is one file: see vite.command.config.ts.
  const panel = fileURLToPath(new URL('sandbox/page/', import.meta.url))
  const options: Omit<PageServerOptions, 'port'> = {
    files: new Map([...readPageFiles(pageFolder), ...readPageFiles(panel, TRIALS)]),
    config: () => ({
      book: 'browser',
      clientId: sandbox.spaClientId,
      authority: sandbox.authority,
      graphUrl: sandbox.graphUrl,
      google: {
        clientId: sandbox.google.webClientId,
        clientSecret: sandbox.google.webClientSecret,
        authority: sandbox.google.issuer,
        peopleUrl: sandbox.google.peopleUrl,
      },
      outlookFile: true,
      notice,
      extension: `${TRIALS.slice(1)}panel.js`,
    }),
    connect: [sandbox.origin],
    answer: trialRequests(sandbox),
  }
  if (port !== undefined) return servePage({ ...options, port }).catch(refusePort)
  return servePage({ ...options, port: USUAL_PORT }).catch(() => servePage({ ...options, port: 0 }))
}

/** Answers `GET /try/state`, and `POST /try/<trial>` from the page itself: a browser says which page sends a request. */
const trialRequests = (sandbox: Sandbox) => {
  const set = trialsOf(sandbox)
  let active: Trial = 'normal'
  const state = (): TrialState => {
    if (isPassing(active) && sandbox.faultsAreOver) {
      active = 'normal'
      set(active)
    }
    return { active, contacts: mailboxSize(sandbox) }
  }
  return (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    if (!path.startsWith(TRIALS)) return false
    const trial = path.slice(TRIALS.length)
    if (trial === 'contacts.csv') {
      response
        .writeHead(200, { ...safeHeaders, 'content-type': 'text/csv', 'cache-control': 'no-store' })
        .end(exportedTable(sandbox.mailbox(PERSON)))
      return true
    }
    if (isTrial(trial)) {
      const { method, headers } = request
      if (method !== 'POST') end(response, 405)
      else if (headers.origin !== `http://${headers.host ?? ''}`) end(response, 403)
      else {
        set(trial)
        active = isLasting(trial) ? trial : active
        answer(response, state())
      }
      return true
    }
    if (trial !== 'state') return false
    answer(response, state())
    return true
  }
}

const answer = (response: ServerResponse, state: TrialState): void =>
  void response
    .writeHead(200, { ...safeHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(state))
