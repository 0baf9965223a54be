import { bundle } from '../web/bundle.ts'
import { serve, type Served } from '../web/serve.ts'

const PAGE = '<!doctype html><title>device-contacts</title><script type="module" src="/parts.js"></script>'

/** Serves a page with the parts for browsers, for tests that need several pages, profiles or the DevTools protocol. */
export const serveParts = async (): Promise<Served> => {
  const scripts = await bundle(new URL('page/', import.meta.url), ['parts.ts'])
  return serve(() => new Map([...scripts, ['/', PAGE]]))
}
