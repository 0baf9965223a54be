import type { graphSources } from '../../src/adapters/microsoft365/graph-sources.ts'
import { isImportFailure } from '../../src/index.ts'

type Tokens = Parameters<typeof graphSources>[0]['tokens']

/** Replaces a sign-in that has expired by a token that the sandbox issues: it does not know the tokens of earlier processes. */
export const orIssued = (tokens: Tokens, issue: () => string): Tokens => {
  let issued: string | null = null
  return {
    accessToken: async (request) => {
      if (issued !== null && request.refused !== issued) return issued
      try {
        return await tokens.accessToken(request)
      } catch (error) {
        if (!isImportFailure(error) || error.code !== 'sign-in-expired') throw error
        if (issued !== null && request.refused === issued) throw error
        // Several requests may ask at the same time.
        return (issued ??= issue())
      }
    },
  }
}
