import { STRANGER } from './addresses.ts'
import type { FaultCase, Scene } from './fault-case.ts'
import { EDITED } from './edited.ts'
import { refreshCases, stubbornCases } from './stubborn-cases.ts'

/** The request for the second page of a listing in pages of 1,000, in any folder. */
const second = { match: 'GET /v1.0*skip=1000' }
const once = { ...second, times: 1 }

const contact = ({ mailbox }: Scene, place: number): string =>
  mailbox.items(mailbox.defaultFolder.id)[place]?.id ?? ''

const edit =
  (place: number) =>
  (scene: Scene): void => {
    scene.mailbox.change(contact(scene, place), { jobTitle: EDITED })
  }

/** The faults that an import or a refresh can meet, each with the right outcome. */
export const faultCases: readonly FaultCase[] = [
  {
    name: '5 × 429, Retry-After: 1',
    faults: [{ kind: 'status', status: 429, retryAfter: 1, ...second, times: 5 }],
    right: 'list',
  },
  {
    name: '429 until a date, 3 s from now',
    faults: [{ kind: 'status', status: 429, retryAfterDate: 3, ...second }],
    untilWaited: true,
    right: 'list',
  },
  {
    name: '429 for 1.5 s',
    faults: [{ kind: 'status', status: 429, retryAfter: 1.5, ...second }],
    untilWaited: true,
    right: 'list',
  },
  { name: '429 without Retry-After', faults: [{ kind: 'status', status: 429, ...once }], right: 'list' },
  { name: '500', faults: [{ kind: 'status', status: 500, ...once }], right: 'list' },
  { name: '502 with HTML', faults: [{ kind: 'status', status: 502, body: 'html', ...once }], right: 'list' },
  { name: '503, empty', faults: [{ kind: 'status', status: 503, body: 'empty', ...once }], right: 'list' },
  { name: '504', faults: [{ kind: 'status', status: 504, ...once }], right: 'list' },
  { name: 'reset before the response', faults: [{ kind: 'reset', ...once }], right: 'list' },
  { name: 'reset within the body', faults: [{ kind: 'reset', bytes: 100_000, ...once }], right: 'list' },
  { name: 'truncated JSON', faults: [{ kind: 'truncate', ...once }], right: 'list' },
  { name: 'an error inside a 200', faults: [{ kind: 'error-inside', ...once }], right: 'list' },
  { name: 'a silent server', faults: [{ kind: 'silent', ...once }], right: 'list' },
  { name: 'one byte per second', faults: [{ kind: 'drip', everyMs: 1000, ...once }], right: 'list' },
  { name: 'an empty page', faults: [{ kind: 'empty-page', ...once }], right: 'list' },
  { name: 'a repeated nextLink', faults: [{ kind: 'loop', ...once }], right: 'list' },
  { name: 'a nextLink loop', faults: [{ kind: 'loop', ...second }], right: 'failure' },
  {
    name: 'a nextLink to another origin',
    faults: [{ kind: 'foreign-link', origin: STRANGER, ...second }],
    right: 'failure',
  },
  { name: 'token expires midway', faults: [{ kind: 'token-expired', ...once }], right: 'list' },
  {
    name: 'a contact is deleted during the import',
    meanwhile: [(scene) => scene.mailbox.remove(contact(scene, 0))],
    right: 'list',
  },
  {
    name: 'a contact is added during the import',
    meanwhile: [({ mailbox }) => void mailbox.add({ displayName: 'Added' }, { first: true })],
    right: 'list',
  },
  {
    name: 'a contact is moved during the import',
    meanwhile: [(scene) => void scene.mailbox.move(contact(scene, 0), scene.other)],
    right: 'list',
  },
  { name: 'two contacts are edited during the import', meanwhile: [edit(0), edit(2500)], right: 'list' },
  {
    name: 'cancel during a Retry-After of 30 s',
    faults: [{ kind: 'status', status: 429, retryAfter: 30, ...second }],
    cancelAfter: 1000,
    right: 'cancel',
  },
  ...stubbornCases,
  ...refreshCases,
]
