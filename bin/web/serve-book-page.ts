import type { OpenedBook, ServedPage, ServedPageOptions } from '../../src/shells/terminal/parts.ts'
import { serveBookSockets } from './book-sockets.ts'
import { readPageFiles } from './page-files.ts'
import { pageFolder } from './page-folder.ts'
import { servePage } from './page-server.ts'
import { refusePort } from './refuse-port.ts'
import { pageSession, sendRefusal } from './page-session.ts'

const invented = {
  en: 'These contacts are invented: they come from the sandbox tenant, not from Microsoft.',
  de: 'Diese Kontakte sind erfunden: Sie kommen vom Testmandanten (Sandbox), nicht von Microsoft.',
}

/** Serves the page over a book of this program, to one browser. Throws `UsageError` if the port cannot be used. */
export const serveBookPage = async (
  { book, adminConsentLink, remarks }: OpenedBook,
  { port = 0, phone, diagnose, view }: ServedPageOptions,
): Promise<ServedPage> => {
  // Cookies do not know the port, and several programs may run.
  const session = pageSession(`device-contacts-${process.pid}`)
  const server = await servePage({
    port,
    files: readPageFiles(pageFolder),
    config: () => ({
      book: 'program',
      ...(adminConsentLink !== undefined && { adminConsentLink }),
      ...(remarks.isInvented && { notice: invented }),
      ...(view && { view }),
    }),
    answer: session.admit,
    refuse: (request, response) => {
      if (session.isAdmitted(request)) return false
      sendRefusal(response)
      return true
    },
  }).catch(refusePort)
  const mayConnect = (request: Parameters<typeof session.hasKey>[0]) =>
    session.isAdmitted(request) && session.hasKey(request)
  const sockets = serveBookSockets(server, book, mayConnect, { phone, diagnose })
  return {
    address: server.origin + session.entrance,
    close: async () => {
      await sockets.close()
      await server.close()
    },
  }
}
