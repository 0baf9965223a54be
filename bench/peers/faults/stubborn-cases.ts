import { EDITED } from './edited.ts'
import type { FaultCase, Scene } from './fault-case.ts'

/** The length from which a list may have cut a note, so that a client fetches the contact by its id. */
const CUT = 256

/** A contact whose note lists cut. */
const withLongNote = ({ mailbox }: Scene): string =>
  mailbox.contacts().find(({ fields }) => (fields.personalNotes?.length ?? 0) > CUT)?.immutableId ?? ''

const editFirst = ({ mailbox }: Scene): void => {
  mailbox.change(mailbox.contacts()[0]?.id ?? '', { jobTitle: EDITED })
}

const changes = { by: /deltatoken/, otherwise: 'lists everything again' }

/** Faults that no retry gets past. */
export const stubbornCases: readonly FaultCase[] = [
  {
    name: 'one contact always answers 500 by its id',
    faults: (scene) => [
      { kind: 'status', status: 500, code: 'ErrorCorruptData', match: `*/contacts/${withLongNote(scene)}*` },
    ],
    met: { by: /\/contacts\/AA/, otherwise: 'fetches no contact by its id: long notes are cut' },
    right: 'list',
  },
  {
    name: 'pages above 100 contacts always answer 504',
    faults: [{ kind: 'large-page', most: 100, status: 504 }],
    met: { by: /(\$|%24)top(=|%3d)/i, otherwise: 'requests no large page' },
    right: 'list',
  },
  {
    name: 'no default folder, contacts in another folder',
    settings: { defaultFolder: false, folders: 1 },
    met: { by: /\/me\//, otherwise: 'sends no request' },
    right: 'list',
  },
  {
    name: 'a response of 500 MB',
    faults: [{ kind: 'huge', megabytes: 500, gzip: true, match: 'GET /v1.0*skip=1000' }],
    mostMemory: 1000,
    right: 'failure',
  },
  {
    name: '$batch answers 200 with HTML',
    faults: [{ kind: 'captive-portal', match: '*$batch' }],
    met: { by: /\$batch/, otherwise: 'sends no batch' },
    right: 'list',
  },
]

/** Wrong deltas and faults that a refresh by changes meets. */
export const refreshCases: readonly FaultCase[] = [
  {
    name: 'refresh: an existing contact is reported as removed',
    faults: [{ kind: 'false-removal', match: '*deltatoken*' }],
    met: changes,
    isRefresh: true,
    right: 'list',
  },
  {
    name: 'refresh: a change contains only the changed fields',
    faults: [{ kind: 'partial-items', match: '*deltatoken*' }],
    meanwhile: [editFirst],
    met: changes,
    isRefresh: true,
    right: 'list',
  },
  {
    name: 'refresh: the stored link always answers 504',
    faults: [{ kind: 'status', status: 504, match: '*deltatoken*', issuedBefore: 'now' }],
    meanwhile: [editFirst],
    met: changes,
    isRefresh: true,
    right: 'list',
  },
]
