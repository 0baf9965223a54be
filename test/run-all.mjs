// npm test: builds if the last build is out of date. Then independent scripts run in parallel, because most of them keep
// only one core busy.
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import process from 'node:process'

/** What the build reads. The time of a folder says when a file was added or removed. */
const sources = ['src', 'bin', 'sandbox', 'bench', 'diagrams', 'screens']
  .flatMap((folder) => [
    folder,
    ...readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`),
  ])
  .filter((path) => !path.endsWith('.test.ts'))
const settings = readdirSync('.').filter((name) => /^(package|tsconfig|vite).*\.(json|ts)$/.test(name))

/** The last output of each step of the build. */
const outputs = [
  'dist/.tsbuildinfo',
  'dist/bin/device-contacts.js',
  'dist/tenant/sandbox.js',
  'dist/web/index.html',
]

/** Whether everything was built after the last change: `npm ci` has just done so in a new clone. */
const isBuilt = () => {
  const time = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Math.min(...outputs.map(time)) > Math.max(...[...sources, ...settings].map(time))
}

/** Scripts of package.json. Those of a lane run one after another, up to the first that fails. */
const lanes = [['lint'], ['types', 'imports', 'unused', 'test:run']]

/** Resolves to whether the script succeeds. Its output is shown in one piece, or as it comes. */
const run = (script, isShownAtOnce) =>
  new Promise((resolve) => {
    const stdio = isShownAtOnce ? 'inherit' : ['ignore', 'pipe', 'pipe']
    // Windows starts npm through a shell only.
    const child = spawn(`npm run --silent ${script}`, { shell: true, stdio })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('close', (code) => {
      process.stdout.write(`${output}${code === 0 ? 'passed' : 'FAILED'}: npm run ${script}\n`)
      resolve(code === 0)
    })
  })

const runLane = async (lane) => {
  for (const script of lane) if (!(await run(script, script === 'test:run'))) return false
  return true
}

const isReady = isBuilt() || (await run('build', true))
const results = isReady ? await Promise.all(lanes.map(runLane)) : [false]
process.exitCode = results.every(Boolean) ? 0 : 1
