import { startingCommands } from '../domain/commands.ts'
import type { CommandType, StartingCommand } from '../domain/commands.ts'
import type { ContactKey } from '../domain/contact.ts'
import { ImportFailure, isImportFailure } from '../domain/failures.ts'
import { isSignOutFailure, SignOutFailure, signOutSteps } from '../domain/failures.ts'
import type { SignOutStep } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'
import { decideCommand } from '../machines/decide-command.ts'
import type { LinkedSource } from '../ports/linked-source.ts'
import type { CommandResult, Resumed, StartResult } from './contact-book.ts'
import type { RecordOptions } from './log/recorder.ts'
import { eraseAccount, signOutUnrecorded, withRoom } from './maintenance/erase-account.ts'
import { decisionContext, type BookCore } from './book-core.ts'
import { identify } from './identify.ts'
import type { Supervisor } from './supervisor.ts'

/** A command for a source without an adapter. */
export class NoAdapter extends TypeError {
  override readonly name = 'NoAdapter'

  constructor(source: Source) {
    super(`no adapter was given for ${source}`)
  }
}

/** Runs commands: queues them, decides them and records the facts. Commands overtake waiting reports. */
export class Commands {
  readonly #core: BookCore
  readonly #supervisor: Supervisor

  constructor(core: BookCore, supervisor: Supervisor) {
    this.#core = core
    this.#supervisor = supervisor
  }

  /** Throws as `ContactBook` says. */
  async run(type: CommandType, source: Source): Promise<CommandResult> {
    const linked = this.#core.linked.get(source)
    if (!linked) throw new NoAdapter(source)
    // These do not wait for the disk: the task stops now, and the event is recorded afterwards.
    if (type === 'cancel' || type === 'signOut') this.#supervisor.abort(source)
    return this.#core.queue.run(() => this.#carryOut(type, linked), { urgent: true })
  }

  async start(type: StartingCommand, source: Source): Promise<StartResult> {
    const result = await this.run(type, source)
    if (!result.ok) return result
    if (result.attempt === null) throw new TypeError('a started attempt has an id')
    return { ok: true, attempt: result.attempt }
  }

  /** Throws as `ContactBook` says. */
  identify(one: ContactKey, other: ContactKey, isSame: boolean | null): Promise<CommandResult> {
    return identify(this.#core, { one, other, isSame })
  }

  /** Throws as `ContactBook` says. */
  resume(): Promise<readonly Resumed[]> {
    return this.#core.queue.run(() => this.#supervisor.resume(), { urgent: true })
  }

  async #carryOut(type: CommandType, linked: LinkedSource): Promise<CommandResult> {
    const { source } = linked
    const { locks, recorder } = this.#core
    let answer: CommandResult | null = null
    try {
      answer = await (type === 'signOut' ? this.#signOut(linked) : this.#decideAndRecord(type, linked))
      return answer
    } catch (error) {
      // The task is stopped already. If that cannot be recorded, the attempt fails because of the store.
      if ((type === 'cancel' || type === 'signOut') && isImportFailure(error)) {
        await recorder.noteUnrecordedFailure(source, error.code)
      }
      throw error
    } finally {
      await locks.releaseUnkept(source)
      // Without an append, nothing has updated tasks and views: a task aborted above may have to run again.
      if (!answer?.ok) await this.#supervisor.reconcile(source)
    }
  }

  /** Removes the keys and the tokens even if the store fails. */
  async #signOut(linked: LinkedSource): Promise<CommandResult> {
    try {
      return await this.#decideAndRecord('signOut', linked)
    } catch (error) {
      if (!isImportFailure(error) || isSignOutFailure(error)) throw error
      throw new SignOutFailure(error.code, await this.#signOutUnrecorded(linked), error)
    } finally {
      await this.#core.remains.look(linked)
      this.#supervisor.show()
    }
  }

  async #decideAndRecord(type: CommandType, linked: LinkedSource): Promise<CommandResult> {
    const { source } = linked
    const { options, locks, recorder, remains, state } = this.#core
    // A sign-out must work even if these can no longer be recorded, and it makes them irrelevant.
    if (type === 'signOut') recorder.dropUnrecordedFailure(source)
    else await recorder.recordUnrecordedFailures()
    await recorder.catchUp()
    const isStarting = (startingCommands as readonly CommandType[]).includes(type)
    if (isStarting) await this.#supervisor.finishCompaction(source)
    if (type === 'signOut') await remains.look(linked)
    // A list that lost a page must not replace a complete one.
    if (type === 'approveRemoval' && state.lists[source]?.staged?.unreadable === 'damaged') {
      throw new ImportFailure('storage-damaged')
    }
    const runner = isStarting ? await locks.take(source) : locks.runner(source)
    const command = { kind: 'command', type, source, attempt: options.clock.newId() } as const
    const record = (recordOptions?: RecordOptions) =>
      recorder.record((states) => {
        const context = { ...decisionContext(this.#core, source), runner }
        const decision = decideCommand(command, states, context)
        if (isStarting && runner === 'nobody') locks.setKept(source, decision.ok)
        return decision
      }, recordOptions)
    const { decision, events } = await (type === 'signOut' ? withRoom(record, linked) : record())
    if (!decision.ok) return decision
    const last = events.at(-1)
    // A store of a newer version must not be written.
    if (type === 'signOut' && last === undefined)
      return { ok: false, refusal: 'store-is-newer', left: await this.#signOutUnrecorded(linked) }
    if (last?.type === 'account.signed-out') await this.#erase(linked)
    return { ok: true, attempt: last?.attempt ?? null }
  }

  async #erase(linked: LinkedSource): Promise<void> {
    const { keys, options, remains, state } = this.#core
    const tombstone = state.tombstones.last[linked.source]
    if (tombstone) await eraseAccount(options.store.events, keys, tombstone, linked)
    remains.erased(linked.source)
  }

  /** Without the keys, the rows that stay in the store are unreadable. Resolves to the steps that are left. */
  async #signOutUnrecorded({ source, signIn }: LinkedSource): Promise<readonly SignOutStep[]> {
    const { keys, log, options, state } = this.#core
    // Includes the current linking, because its end cannot be recorded.
    const linkings = [...(state.tombstones.last[source]?.ended ?? []), log.linking(source)]
    const left = await signOutUnrecorded(signIn, () => keys.destroy(source, linkings))
    if (!left.includes('keys')) this.#supervisor.loseList(source)
    // Payloads that an earlier version wrote in the clear can be read without a key.
    return options.store.events.plain
      ? signOutSteps.filter((step) => step === 'keys' || left.includes(step))
      : left
  }
}
