// Does a task of the tests in another process, once its input ends: node file-vault.fixture.mjs <task> <folder>
// <name>
import { Buffer } from 'node:buffer'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { fileVault } from '../../../dist/src/adapters/keys/file-vault.js'

const [task, folder, name] = process.argv.slice(2)
const vault = fileVault(folder)
const hex = ({ id }) => Buffer.from(id).toString('hex')

await text(process.stdin)
if (task === 'obtain') process.stdout.write(hex(await vault.obtain(name)))
else
  for (;;) {
    process.stdout.write(`${hex(await vault.obtain(name))}\n`)
    await vault.destroy(name)
  }
