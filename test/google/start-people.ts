import { type SandboxOptions, startSandbox } from '../../sandbox/index.ts'
import {
  type PeopleOptions,
  peopleContactSource,
} from '../../src/adapters/google/people/people-contact-source.ts'

/** For tests in which no request is to reach its limits, however slow the machine is. */
const patience = { request: 60_000, retries: 60_000, firstBackoff: 5 }

/** A Google account of the sandbox, and a source that reads it. */
export const startPeople = async (
  settings: Partial<SandboxOptions> = {},
  options: Partial<PeopleOptions> = {},
) => {
  const sandbox = await startSandbox({ contacts: 3, ...settings })
  const { google } = sandbox
  const contacts = google.contacts('user')
  let token = google.issueToken('user')
  const accessToken = async ({ refused }: { refused?: string }) => {
    if (refused === token) token = google.issueToken('user')
    return token
  }
  return {
    sandbox,
    contacts,
    source: peopleContactSource({
      ...{ tokens: { accessToken }, peopleUrl: google.peopleUrl, limits: patience },
      ...options,
    }),
    /** The requests for contacts, as `METHOD path?query`, decoded. */
    requests: () =>
      sandbox.requests.entries
        .map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)
        .filter((each) => each.includes('/people/v1/')),
    /** The complete lists among them: their first pages. */
    fullLists: () =>
      sandbox.requests.entries.filter(
        ({ path, status }) =>
          path.includes('/connections?') && !/[?&](pageToken|syncToken)=/.test(path) && status === 200,
      ).length,
  }
}
