import fc from 'fast-check'
import { expect } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import type { ContactBook, SourceContact, SourceReport } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import type { ScriptedFetch, ScriptedSignIn, ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, finished, page } from './device.ts'

/** One step of a history: a command, or something that happens to an adapter or to the process. */
export const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('signIn' as const, 'restart' as const, 'refresh' as const) },
  { weight: 3, arbitrary: fc.constantFrom('granted' as const, 'granted late' as const) },
  { weight: 6, arbitrary: fc.nat(2).map((first) => ({ pageFrom: first * 40 })) },
  { weight: 3, arbitrary: fc.nat(15).map((first) => ({ changesFrom: first * 10 })) },
  { weight: 3, arbitrary: fc.constant('finished' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'declined' as const,
      'failed' as const,
      'cancel' as const,
      'approveRemoval' as const,
      'crash' as const,
      'reopen' as const,
      'drop payloads' as const,
    ),
  },
  { weight: 1, arbitrary: fc.constant('signOut' as const) },
)
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Plays a history, and knows by itself what the list must be: what completed attempts gave, no others. */
export class Player {
  readonly device = new Device()
  book!: ContactBook
  source!: ScriptedSource
  person: ScriptedSignIn | null = null
  latePeople: ScriptedSignIn[] = []
  service: ScriptedFetch | null = null
  /** Ids that each attempt has given so far. */
  given = new Map<string, Set<string>>()
  list: ReadonlySet<string> = new Set()
  /** The key that each contact was first shown with. */
  readonly keys = new Map<string, string>()
  /** The keys on the device, by what the swaps told. */
  swapped: ReadonlySet<string> = new Set()

  async open(): Promise<void> {
    Object.assign(this, await this.device.open())
    const swapped = new Set(this.book.contacts.get().map(({ key }) => key))
    this.swapped = swapped
    this.book.onSwap(({ added, updated, removed }) => {
      for (const key of [...updated, ...removed]) expect(swapped).toContain(key)
      for (const key of removed) swapped.delete(key)
      for (const key of added) expect(swapped).not.toContain(key)
      for (const key of added) swapped.add(key)
    })
    this.person = null
    this.service = null
  }

  async play(step: Step): Promise<void> {
    if (typeof step === 'object')
      return 'pageFrom' in step ? this.page(step.pageFrom) : this.changes(step.changesFrom)
    switch (step) {
      case 'signIn':
      case 'restart':
      case 'refresh':
        return this.command(() => this.book[step]('microsoft365'))
      case 'cancel':
        return this.command(() => this.book.cancel('microsoft365'))
      case 'approveRemoval': {
        const { held, attempt } = account(this.book)
        await this.command(() => this.book.approveRemoval('microsoft365'))
        if (held && attempt) this.list = this.given.get(attempt.id) ?? new Set()
        return
      }
      case 'signOut':
        await this.command(() => this.book.signOut('microsoft365'))
        this.list = new Set()
        this.given.clear()
        return
      case 'granted':
        if (this.takePerson()) await this.person?.grant()
        return
      case 'granted late':
        for (const late of this.latePeople) {
          expect(await late.grant({ id: 'another person' })).toEqual({
            accepted: false,
            reason: 'attempt-over',
          })
        }
        return
      case 'declined':
        if (this.takePerson()) this.person?.fail('consent-declined')
        return this.settled()
      case 'failed':
        if (this.takeService()) void this.service?.fail('service-unavailable')
        return this.settled()
      case 'finished':
        return this.finish()
      case 'crash':
        this.device.crash()
        await this.open()
        await this.book.resume()
        return
      case 'reopen':
        await this.book.close()
        return this.open()
      case 'drop payloads': {
        // Of attempts that are over and were not completed: nothing may depend on them.
        const ended = this.book.history
          .get()
          .filter(({ outcome }) => outcome === 'failed' || outcome === 'cancelled')
        const store = memoryStore(this.device.log)
        const drops = ended.map(({ attempt }) => ({ stream: 'microsoft365', attempt }) as const)
        await store.append(this.device.log.last, [], drops)
        return
      }
    }
  }

  /** A refused command leaves no trace. */
  async command(ask: () => Promise<{ ok: boolean }>): Promise<void> {
    const before = this.recorded()
    const { ok } = await ask()
    if (!ok) expect(this.recorded()).toBe(before)
    if (ok && this.person?.context.signal.aborted) this.latePeople.push(this.person)
  }

  async page(from: number): Promise<void> {
    if (!this.takeService() || !this.service) return
    const attempt = this.service.request.attempt
    const contacts = Array.from({ length: 80 }, (_, index) => `c${from + index}`)
    const recorded = await this.taken(this.service.emit(page(contacts.map((id) => contact(id, from)))))
    if (recorded) this.given.set(attempt, new Set([...(this.given.get(attempt) ?? []), ...contacts]))
  }

  /** Of 60 contacts, twenty go and the others come or change. */
  async changes(from: number): Promise<void> {
    if (!this.takeService() || !this.service) return
    const { attempt } = this.service.request
    const ids = Array.from({ length: 60 }, (_, index) => `c${from + index}`)
    const [gone, there] = [ids.slice(0, 20), ids.slice(20)]
    const changes: SourceReport = {
      type: 'changes.fetched',
      removed: gone.map((id) => ({ id })),
      upserted: there.map((id) => contact(id, from)),
      skipped: [],
      cursor: null,
    }
    if (!(await this.taken(this.service.emit(changes)))) return
    const known = new Set(this.given.get(attempt) ?? this.list)
    for (const id of gone) known.delete(id)
    for (const id of there) known.add(id)
    this.given.set(attempt, known)
  }

  /** A contact keeps its key, whatever happened since, and the swaps have told all keys. */
  checkKeys(): void {
    const shown = this.book.contacts.get()
    for (const { id, key } of shown) expect(key).toBe(this.keys.get(id) ?? key)
    for (const { id, key } of shown) this.keys.set(id, key)
    expect(this.swapped).toEqual(new Set(shown.map(({ key }) => key)))
  }

  /** How many events there are, not counting the checkpoints that the book writes by itself. */
  recorded(): number {
    return this.device.log.records.filter(({ type }) => type !== 'list.checkpointed').length
  }

  async finish(): Promise<void> {
    if (!this.takeService() || !this.service) return
    const { attempt } = this.service.request
    if (!this.given.has(attempt)) return
    void this.service.emit(finished)
    await this.settled()
    if (account(this.book).state === 'imported') this.list = this.given.get(attempt) ?? new Set()
  }

  takePerson(): boolean {
    while (this.source.signIns.size > 0) void this.source.signIns.next().then((next) => (this.person = next))
    return (
      this.person !== null && !this.person.context.signal.aborted && account(this.book).state === 'consenting'
    )
  }

  takeService(): boolean {
    while (this.source.fetches.size > 0) void this.source.fetches.next().then((next) => (this.service = next))
    return (
      this.service !== null && !this.service.context.signal.aborted && account(this.book).state === 'fetching'
    )
  }

  /** Whether the report was taken before the attempt was over. */
  async taken(emitted: Promise<void>): Promise<boolean> {
    await emitted
    return account(this.book).state === 'fetching'
  }

  /** Waits until the book has come to rest. */
  async settled(): Promise<void> {
    await this.book.cancel('google').catch(() => undefined)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** A contact that moves: the folder depends on the report. */
const contact = (id: string, from: number): SourceContact =>
  sampleContact(id, { name: { full: `Name of ${id}` }, folder: `f${from % 3}`, version: `${from}` })
