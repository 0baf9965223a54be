// A process that asks a key ring, for tests to end: node parent.fixture.mjs <module> [exit|stay]
import process from 'node:process'
import { keyRingVault } from '../../../../dist/src/adapters/keys/ring/key-ring-vault.js'

const [module, then] = process.argv.slice(2)
if (then === 'stay') process.on('SIGINT', () => undefined)
const answer = keyRingVault(module).load('name')
if (then !== 'exit') await answer
else process.stdin.once('data', () => process.exit(0))
