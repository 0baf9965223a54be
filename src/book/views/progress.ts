import { BehaviorSubject, Observable } from 'rxjs'
import type { Source } from '../../domain/source.ts'
import type { FetchProgress } from '../../ports/contact-source.ts'
import type { SignInProgress } from '../../ports/sign-in.ts'
import type { View } from './views.ts'

/** Live progress of one source, first of the sign-in, then of the fetch. Shown, never recorded. */
export interface Progress extends SignInProgress, FetchProgress {
  readonly source: Source
  readonly attempt: string
}

/** Progress of each source; a source without an attempt under way is absent. */
export type ProgressBySource = Readonly<Partial<Record<Source, Progress>>>

/** Milliseconds between two values. */
const INTERVAL = 100

/** Live progress, at most ten values a second, discarded when the attempt ends. */
export class ProgressFeed {
  readonly #subject = new BehaviorSubject<ProgressBySource>({})
  /** The attempts whose fetch has begun, so that the sign-in is no longer shown. */
  readonly #fetching = new Map<Source, string>()

  readonly view: View<ProgressBySource> = Object.assign(throttled(this.#subject), {
    get: () => this.#subject.value,
  })

  update(source: Source, attempt: string, progress: SignInProgress | FetchProgress): void {
    const all = this.#subject.value
    const before = all[source]?.attempt === attempt ? all[source] : { source, attempt }
    // A browser may need longer to open than the person needs to sign in.
    const shown = this.#fetching.get(source) === attempt ? withoutSignIn(progress) : progress
    this.#subject.next({ ...all, [source]: { ...before, ...shown } })
  }

  /** Removes the address of the sign-in page, with its code and its time limit. */
  beginFetch(source: Source, attempt: string): void {
    if (this.#fetching.get(source) === attempt) return
    this.#fetching.set(source, attempt)
    const all = this.#subject.value
    const shown = all[source]
    if (shown?.attempt === attempt) this.#subject.next({ ...all, [source]: withoutSignIn(shown) })
  }

  clear(source: Source): void {
    this.#fetching.delete(source)
    const { [source]: gone, ...others } = this.#subject.value
    if (gone) this.#subject.next(others)
  }

  close(): void {
    this.#subject.complete()
  }
}

/** Keeps `tokensKeptIn`: the person should also see it after the sign-in. */
const withoutSignIn = <T extends Partial<Progress>>(progress: T) => {
  const { address, opened, until, tab, userCode, ...rest } = progress
  return rest
}

/**
 * The first value at once, then the latest one after each interval; the last one before the source completes. RxJS's
 * `throttleTime` would bring all of its schedulers into a page.
 */
function throttled<T>(source: Observable<T>): Observable<T> {
  return new Observable((subscriber) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let latest: { readonly value: T } | null = null
    const emit = (value: T) => {
      latest = null
      timer = setTimeout(() => {
        timer = undefined
        if (latest) emit(latest.value)
      }, INTERVAL)
      subscriber.next(value)
    }
    const subscription = source.subscribe({
      next: (value) => {
        if (timer === undefined) emit(value)
        else latest = { value }
      },
      complete: () => {
        if (latest) subscriber.next(latest.value)
        subscriber.complete()
      },
    })
    return () => {
      clearTimeout(timer)
      subscription.unsubscribe()
    }
  })
}
