import { distinctUntilChanged, Observable, Subject } from 'rxjs'
import type { View } from './views.ts'

/**
 * The value of a view. It is set first and emitted once the other views have theirs as well, so that a subscriber of one
 * never reads an older value of another.
 */
export class ViewValue<T> {
  #value: T
  readonly #changes = new Subject<T>()
  readonly view: View<T>

  constructor(value: T) {
    this.#value = value
    const values = new Observable<T>((subscriber) => {
      const subscription = this.#changes.subscribe(subscriber)
      subscriber.next(this.#value)
      return subscription
    })
    // Who subscribes after `set` has the value before `emit`.
    this.view = Object.assign(values.pipe(distinctUntilChanged()), { get: () => this.#value })
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
  }

  emit(): void {
    this.#changes.next(this.#value)
  }

  complete(): void {
    this.#changes.complete()
  }
}
