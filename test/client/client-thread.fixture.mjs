// A shell in a thread of its own: it connects to the book whose port it is given, and answers what it is asked.
import { parentPort, workerData } from 'node:worker_threads'
import { connectBook } from 'device-contacts'

const client = await connectBook(workerData.port)
parentPort.on('message', async ({ name, parameters }) => {
  const result = name === 'list' ? client.list.get() : await client[name](...parameters)
  parentPort.postMessage(result)
})
parentPort.postMessage('ready')
