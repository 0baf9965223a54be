// npm test, after the build: independent scripts run in parallel, because most of them keep only one core busy.
import { spawn } from 'node:child_process'
import process from 'node:process'

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

const results = await Promise.all(lanes.map(runLane))
process.exitCode = results.every(Boolean) ? 0 : 1
