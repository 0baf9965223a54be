import { BehaviorSubject, throttleTime } from 'rxjs'
import type { Source } from '../../domain/source.ts'
import type { FetchProgress } from '../../ports/contact-source.ts'
import type { SignInProgress } from '../../ports/sign-in.ts'
import type { View } from './view.ts'

/** What is going on right now at one source. Shown, never recorded. */
export interface Progress extends SignInProgress, FetchProgress {
  readonly source: Source
  readonly attempt: string
}

/** What is going on at each source; a source at rest is absent. */
export type ProgressBySource = Readonly<Partial<Record<Source, Progress>>>

/** The second feed: live, forgotten when the attempt ends, at most ten times a second. */
export class ProgressFeed {
  readonly #subject = new BehaviorSubject<ProgressBySource>({})

  readonly view: View<ProgressBySource> = Object.assign(
    this.#subject.pipe(throttleTime(100, undefined, { leading: true, trailing: true })),
    { get: () => this.#subject.value },
  )

  update(source: Source, attempt: string, progress: SignInProgress | FetchProgress): void {
    const all = this.#subject.value
    const before = all[source]?.attempt === attempt ? all[source] : { source, attempt }
    this.#subject.next({ ...all, [source]: { ...before, ...progress } })
  }

  clear(source: Source): void {
    const { [source]: gone, ...others } = this.#subject.value
    if (gone) this.#subject.next(others)
  }

  close(): void {
    this.#subject.complete()
  }
}
