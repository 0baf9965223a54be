import * as v from 'valibot'
import { googleErrorNames } from '../google/google-error.ts'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Which requests a fault hits, and when. */
const aim = {
  /**
   * A part of "METHOD /path?query" (percent-decoded), with * for anything: `GET /v1.0/me/contacts?*skip=20`.
   * Absent: every Graph request (then the sign-in pages and Google are left alone); for `google-error`, every request
   * to the service that sends it. Preflights are hit only if it names OPTIONS.
   */
  match: v.optional(v.string()),
  /** This many matching requests pass first. */
  skip: v.optional(whole),
  /** This many matching requests after them fail, later ones pass. Absent: all of them fail. */
  times: v.optional(whole),
  /**
   * `now`: only requests with a delta token that was issued before this rule was set. Links that clients stored are
   * hit, and new ones work (microsoft-graph-docs issue 6499).
   */
  issuedBefore: v.optional(v.literal('now')),
}

/**
 * The kinds of faults. The first rule of the settings that hits a request applies. Requests to Google can have those of
 * `sandbox/google/google-faults.ts`: a page of Google has a `nextPageToken` in place of a nextLink.
 *
 * - `status`: an error response. `retryAfter` is sent unchanged, `retryAfterDate` (seconds from now) as an HTTP date.
 *   `body`: `graph` (Graph's body for this status), `google` (Google's, and what Google sends if absent), `concurrency`
 *   (MailboxConcurrency), `html`, `empty`. `code` replaces the code in Graph's body. A 401 does not invalidate the token: with `times: 1`, the next request succeeds.
 *   `cors` false: without CORS headers, as a gateway in front of the service answers.
 * - `reset`: the connection breaks after `bytes` bytes of the body (0: before the response).
 * - `truncate`: a well-formed response whose JSON ends in the middle.
 * - `error-inside`: 200, an error instead of a contact, and then nothing (a failure after streaming began).
 * - `silent`: never a response. `drip`: `bytes` bytes every `everyMs` milliseconds.
 * - `captive-portal`: 200 and an HTML page, without CORS headers.
 * - `loop`: the nextLink leads to the same page. `foreign-link`: it leads to another origin.
 * - `empty-page`: no contacts, and a nextLink to the same ones. `repeat-items`: the first `items` come twice.
 * - `count`: `@odata.count` is `value`, or absent (null). `malformed`: the contact at `at` is broken.
 * - `token-expired`: 401, and this access token is refused from now on. `claims-challenge`: the same, but demands
 *   claims, as continuous access evaluation does. `delta-lost`: 410 SyncStateNotFound.
 * - `bad-batch`: a batch whose answer is 200 but useless. `no-batch`: other JSON; `swapped-ids`: each response has the id
 *   of another; `missing`: the response at `at` is left out; `text-body`: its body is text.
 * - `bad-photo`: 200, and no photo. `huge`: one of `bytes` bytes (2,000,000 if absent); `html` and `svg`: another kind of
 *   file, with the type of a photo; `empty`: no bytes; `bad-base64`: in a batch, text that is not base64.
 * - `huge`: the response is filled up with spaces to `megabytes`, compressed if `gzip`; `status` as in `status`.
 * - `google-error`: a recorded error of Google, by its `name`. `invalid-grant` is one of the token endpoint, all others
 *   are of the People API.
 * - `endless-new`: a page of `items` new contacts (10 if absent), and a nextLink to as many more.
 *
 * The other kinds are lies: the answer of Graph itself is wrong or incomplete. All lies that hit a request apply, in
 * addition to the first rule of the kinds above. A lie hits only requests whose answer it changes: `skip` and `times`
 * count no others.
 *
 * - `removed-only`: deltas report a moved contact as removed from its old folder and never as an item of the new one,
 *   also if it comes back (microsoft-graph-docs issue 21752).
 * - `partial-items`: later rounds of a delta return only the id, change key, folder and changed fields of a changed
 *   contact (issue 7776).
 * - `false-removal`: later rounds of a delta report `count` (default 1) unchanged contacts of the folder as removed,
 *   from the one at `at` (default 0) on. `reason` is `deleted` or `changed`.
 * - `removed-as-changed`: deltas give `changed` as the reason of every true removal.
 * - `omit-folder`: lists of folders leave out the one with this id or name (`folder`), or all
 *   (msgraph-sdk-java issue 732).
 * - `large-page`: lists of more than `most` items a page get this `status`. The page of a list without `$top` and
 *   preference has ten. `deltas`: delta queries as well.
 */
export const faultSchema = v.variant('kind', [
  v.strictObject({
    ...aim,
    kind: v.literal('status'),
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    retryAfter: v.optional(v.union([v.number(), v.string()])),
    retryAfterDate: v.optional(v.number()),
    body: v.optional(v.picklist(['graph', 'google', 'concurrency', 'html', 'empty'])),
    code: v.optional(v.string()),
    cors: v.optional(v.boolean()),
  }),
  v.strictObject({ ...aim, kind: v.literal('reset'), bytes: v.optional(whole) }),
  v.strictObject({ ...aim, kind: v.literal('truncate') }),
  v.strictObject({ ...aim, kind: v.literal('error-inside') }),
  v.strictObject({ ...aim, kind: v.literal('silent') }),
  v.strictObject({ ...aim, kind: v.literal('drip'), everyMs: whole, bytes: v.optional(whole) }),
  v.strictObject({ ...aim, kind: v.literal('captive-portal') }),
  v.strictObject({ ...aim, kind: v.literal('loop') }),
  v.strictObject({ ...aim, kind: v.literal('foreign-link'), origin: v.pipe(v.string(), v.url()) }),
  v.strictObject({ ...aim, kind: v.literal('empty-page') }),
  v.strictObject({ ...aim, kind: v.literal('repeat-items'), items: whole }),
  v.strictObject({ ...aim, kind: v.literal('count'), value: v.nullable(v.number()) }),
  v.strictObject({
    ...aim,
    kind: v.literal('malformed'),
    how: v.picklist(['no-id', 'not-an-object', 'wrong-type', 'error-in-place', 'surrogate-id', 'dot-id']),
    at: v.optional(whole),
  }),
  v.strictObject({ ...aim, kind: v.literal('token-expired') }),
  v.strictObject({ ...aim, kind: v.literal('claims-challenge') }),
  v.strictObject({ ...aim, kind: v.literal('delta-lost') }),
  v.strictObject({
    ...aim,
    kind: v.literal('bad-batch'),
    how: v.picklist(['no-batch', 'swapped-ids', 'missing', 'text-body']),
    at: v.optional(whole),
  }),
  v.strictObject({
    ...aim,
    kind: v.literal('bad-photo'),
    how: v.picklist(['huge', 'html', 'svg', 'empty', 'bad-base64']),
    bytes: v.optional(whole),
  }),
  v.strictObject({ ...aim, kind: v.literal('removed-only') }),
  v.strictObject({ ...aim, kind: v.literal('partial-items') }),
  v.strictObject({
    ...aim,
    kind: v.literal('false-removal'),
    at: v.optional(whole),
    count: v.optional(whole),
    reason: v.optional(v.picklist(['deleted', 'changed'])),
  }),
  v.strictObject({ ...aim, kind: v.literal('removed-as-changed') }),
  v.strictObject({ ...aim, kind: v.literal('omit-folder'), folder: v.optional(v.string()) }),
  v.strictObject({
    ...aim,
    kind: v.literal('large-page'),
    most: whole,
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    deltas: v.optional(v.boolean()),
  }),
  v.strictObject({
    ...aim,
    kind: v.literal('huge'),
    megabytes: whole,
    gzip: v.optional(v.boolean()),
    status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  }),
  v.strictObject({ ...aim, kind: v.literal('google-error'), name: v.picklist(googleErrorNames) }),
  v.strictObject({ ...aim, kind: v.literal('endless-new'), items: v.optional(whole) }),
])

export type Fault = v.InferOutput<typeof faultSchema>

export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>
