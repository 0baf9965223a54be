// Does a task of the tests in another process, once its input ends: node system-vault.fixture.mjs <folder> <module>
// <name>
import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { keyRingVault } from '../../../dist/src/adapters/keys/ring/key-ring-vault.js'
import { systemVault } from '../../../dist/src/adapters/keys/system-vault.js'
import { sqliteLocks } from '../../../dist/src/adapters/stores/sqlite/run-locks.js'

const [folder, module, name] = process.argv.slice(2)
const vault = systemVault(folder, { locks: sqliteLocks(join(folder, 'vault')), ring: keyRingVault(module) })

await text(process.stdin)
const { id } = await vault.obtain(name)
process.stdout.write(`${Buffer.from(id).toString('hex')} ${(await vault.placeOf(name)).kind}`)
