// Examines a store, and kills itself while it has it open: node doctor.fixture.mjs <store> <driver>
import process from 'node:process'
import { examineFile } from '../../dist/src/adapters/stores/sqlite/doctor/examine-file.js'

const [store, driver] = process.argv.slice(2)
await examineFile(store, () => process.kill(process.pid, 'SIGKILL'), { driver })
