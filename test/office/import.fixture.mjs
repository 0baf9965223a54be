// A program that imports contacts, as a shell would: prints the outcome as JSON and ends by itself.
// node import.fixture.mjs AUTHORITY GRAPH
import process from 'node:process'
import { memoryStorage, microsoft365, openContactBook } from '../../dist/src/node.js'

const [authority, graphUrl] = process.argv.slice(2)
const source = microsoft365({ clientId: 'client-1', authority, graphUrl, tokenFile: null, deviceCode: true })
const book = await openContactBook({ store: memoryStorage(), sources: [source] })
const { attempt } = await book.signIn('microsoft365')
const { state, code, details } = await book.outcome(attempt)
const events = []
for await (const event of book.events()) events.push(event)
const contacts = book.contacts.get().length
process.stdout.write(JSON.stringify({ state, code, details, contacts, events }))
await book.close()
