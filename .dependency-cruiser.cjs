const { builtinModules } = require('node:module')

/** These import nothing of ours, and every folder may import them. */
const leaves = ['async', 'formats']
/** Which folder may import which: docs/architecture.md, "Layout". */
const may = (folder, ...allowed) => ({
  name: `${folder.replaceAll('/', '-')}-imports`,
  comment: `src/${folder} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(src|bin|sandbox|test|bench)/',
    pathNot: [...(leaves.includes(folder) ? [] : leaves), folder, ...allowed].map((f) => `^src/${f}/`),
  },
})
const packages = (folder, ...names) => ({
  name: `${folder}-packages`,
  comment: `src/${folder} uses no package but: ${names.join(', ') || 'none'}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: 'node_modules/', pathNot: names.map((name) => `node_modules/${name}/`) },
})
const adapter = (folder, ...allowed) => may(`adapters/${folder}`, 'domain', 'ports', ...allowed)
/** Node's modules, and packages that import them. Type-only imports count too: a declaration must resolve anywhere. */
const platformModules = [
  `^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`,
  'node_modules/(@azure/msal-node|@napi-rs/keyring|libsql|open|undici|@statelyai/inspect)/',
]

module.exports = {
  forbidden: [
    ...leaves.map((folder) => may(folder)),
    may('domain'),
    may('machines', 'domain'),
    may('ports', 'domain'),
    may('projections', 'domain'),
    may('export', 'domain', 'projections'),
    may('book', 'domain', 'machines', 'ports', 'projections'),
    may('client', 'domain', 'projections', 'book'),
    ...['microsoft365', 'google'].map((folder) =>
      adapter(folder, 'adapters/files', 'adapters/http', 'adapters/sign-in'),
    ),
    adapter('sign-in', 'adapters/files', 'adapters/http'),
    adapter('outlook', 'adapters/files', 'adapters/http', 'adapters/microsoft365/contact'),
    may('adapters/outlook/text', 'domain', 'adapters/outlook'),
    may('adapters/outlook/csv', 'domain', 'adapters/outlook', 'adapters/microsoft365/contact'),
    may('adapters/outlook/vcard', 'domain', 'adapters/outlook', 'adapters/microsoft365/contact'),
    ...['files', 'locks', 'inspector', 'system'].map((folder) => adapter(folder)),
    adapter('network', 'adapters/http'),
    adapter('stores', 'adapters/files'),
    adapter('keys', 'adapters/files', 'adapters/stores/sqlite'),
    may('adapters/microsoft365/graph', 'domain', 'ports', 'adapters/http'),
    may('adapters/microsoft365/contact', 'domain', 'adapters/microsoft365/graph'),
    may(
      'adapters/microsoft365/mailbox',
      ...['domain', 'ports', 'adapters/http', 'adapters/microsoft365/graph', 'adapters/microsoft365/contact'],
    ),
    may('adapters/microsoft365/photos', 'domain', 'ports', 'adapters/http', 'adapters/microsoft365/graph'),
    may(
      'adapters/microsoft365/sign-in',
      ...['domain', 'ports', 'adapters/files', 'adapters/http', 'adapters/sign-in'],
    ),
    may('adapters/http', 'domain', 'ports'),
    may('messages', 'domain', 'ports'),
    may(
      'doctor',
      ...['domain', 'ports', 'book', 'adapters/files', 'adapters/stores/sqlite', 'adapters/microsoft365'],
      ...['adapters/inspector', 'adapters/keys', 'adapters/sign-in', 'adapters/system'],
    ),
    may('testing', 'domain', 'machines', 'ports', 'adapters/stores/memory', 'adapters/locks/memory'),
    {
      name: 'shells-imports',
      comment: 'Shells use the entry points; they are handed ready-made parts.',
      severity: 'error',
      from: { path: '^src/shells/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(src|bin|sandbox)/',
        pathNot: ['^src/(shells|async|formats)/', '^src/(index|messages|node|browser|elements)\\.ts$'],
      },
    },
    {
      name: 'core-is-platform-free',
      comment: 'The core and what runs in browsers import no platform module; see also tsconfig.core.json.',
      severity: 'error',
      from: {
        path: [
          '^src/(async|formats|domain|machines|ports|projections|export|book|client|messages|index\\.ts|messages\\.ts)',
          '^src/adapters/(http|microsoft365/(graph|contact|mailbox|photos)|stores/(memory|indexeddb)|locks)/',
          '^src/adapters/outlook/(csv|text|vcard)/',
          '^src/adapters/outlook/(chosen-file|contact-ids|draft-contact|export-file|export-source|read-export|repeated-ids)\\.ts$',
          '^src/adapters/keys/(memory-vault|opfs-vault|web-crypto-key)\\.ts$',
          '^src/adapters/sign-in/browser/',
          '^src/(shells/web/|elements\\.ts)',
          '^src/adapters/(google|microsoft365|outlook)/.*\\.browser\\.ts$',
        ],
        pathNot: '\\.test\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'machines-are-platform-free',
      comment: 'Machines and projections are pure, and so are their tests: what reads files stands in test/.',
      severity: 'error',
      from: { path: '^src/(machines|projections)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'entries-are-platform-free',
      comment:
        'What `.`, `./browser`, `./elements` and `./messages` reach runs in browsers: no platform module, no package for Node.',
      severity: 'error',
      from: { path: '^src/(browser|elements|index|messages)\\.ts$' },
      to: { path: platformModules, reachable: true },
    },
    packages('async'),
    packages('formats'),
    packages('domain'),
    packages('ports'),
    packages('messages'),
    packages('machines', 'xstate'),
    packages('projections', 'libphonenumber-js'),
    packages('export', '@noble/hashes'),
    packages('adapters/outlook', '@noble/hashes', 'papaparse', 'valibot'),
    packages('client', 'rxjs', 'valibot'),
    packages('shells/web', 'lit'),
    packages('book', 'immer', 'rxjs', 'valibot', 'xstate'),
    {
      name: 'sandbox-is-unknown',
      comment: 'The sandbox tenant stands in for Microsoft; nothing in src may know that it exists.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(sandbox|bin|test|bench)/' },
    },
    {
      name: 'sandbox-imports',
      comment: 'The sandbox shares no code with what it examines, but for types of the domain.',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|bin|test|bench)/', pathNot: '^src/domain/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
