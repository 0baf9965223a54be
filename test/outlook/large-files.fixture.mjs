// Reads a large export in a process of its own. Prints what was read, the memory that it needed in MB, and how many turns
// other tasks had meanwhile.
import process from 'node:process'
import { readExport } from '../../dist/src/adapters/outlook/read-export.js'

const [, , kind, megabytes] = process.argv
const encoder = new globalThis.TextEncoder()
const size = Number(megabytes) * 1024 * 1024

const head = 'First Name,Last Name,E-mail Address,Mobile Phone,Company,Birthday,Notes\r\n'
const row = (index) =>
  `Ann,Lee ${index},ann${index}@example.test,+1 206 555 ${index},"Contoso, Ltd.",5/${1 + (index % 28)}/1980,"met in ""Oslo""\r\n${'x'.repeat(120)}"\r\n`
const card = (index) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee ${index};Ann;;;\r\nFN:Ann Lee ${index}\r\nTEL;TYPE=CELL:+1 206 555 ${index}\r\nPHOTO;ENCODING=b:${'A'.repeat(60)}\r\n ${'A'.repeat(60)}\r\nEND:VCARD\r\n`

const contents = {
  table: [head, row],
  cards: ['', card],
  shortest: ['First Name,Last Name,Company\r\n', () => 'a,b,c\r\n'],
  'endless-line': ['BEGIN:VCARD\r\nFN:Ann\r\nNOTE:', () => 'x'.repeat(1000)],
  'endless-photo': ['BEGIN:VCARD\r\nFN:Ann\r\nPHOTO;ENCODING=b:', () => `${'A'.repeat(70)}\r\n `],
  'endless-card': ['BEGIN:VCARD\r\nFN:Ann\r\n', (index) => `TEL:${index}\r\n`],
  'endless-row': [head, () => 'x'.repeat(1000)],
  'open-quote': [`${head}"`, () => '"",\r\n'.repeat(100)],
}

const file = {
  name: kind,
  size,
  modified: new Date('2026-11-30T00:00:00Z'),
  async *read() {
    const [beginning, next] = contents[kind]
    let [text, written, index] = [beginning, 0, 0]
    while (written < size) {
      while (text.length < 64 * 1024) text += next(index++)
      const bytes = encoder.encode(text)
      text = ''
      written += bytes.length
      yield bytes
    }
  },
}

// Not `maxRSS`: on Linux, it begins with the memory of the process that started this one.
const turns = { peak: 0, count: 0, longest: 0, busiest: 0, cpu: Infinity, last: globalThis.performance.now() }
const turn = () => {
  const now = globalThis.performance.now()
  const { user, system } = process.cpuUsage()
  turns.longest = Math.max(turns.longest, now - turns.last)
  turns.busiest = Math.max(turns.busiest, (user + system - turns.cpu) / 1000)
  turns.last = now
  turns.cpu = user + system
  turns.count++
  turns.peak = Math.max(turns.peak, process.memoryUsage.rss())
  turns.next = globalThis.setImmediate(turn)
}
turn()

const before = process.memoryUsage().rss
const counts = { contacts: 0, skipped: 0, largestPage: 0, code: null }
try {
  for await (const { contacts, skipped } of readExport([file], new globalThis.AbortController().signal)) {
    counts.contacts += contacts.length
    counts.skipped += skipped.length
    counts.largestPage = Math.max(counts.largestPage, contacts.length + skipped.length)
  }
} catch (error) {
  counts.code = error.code ?? String(error)
}
globalThis.clearImmediate(turns.next)
const memory = (turns.peak - before) / 1024 ** 2
process.stdout.write(
  JSON.stringify({
    ...counts,
    memory,
    turns: turns.count,
    longestTurn: turns.longest,
    busiestTurn: turns.busiest,
  }),
)
