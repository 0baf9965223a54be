import { distinctUntilChanged } from 'rxjs'
import type { BehaviorSubject, Observable } from 'rxjs'

/** What a shell shows: its value now, and a standard Observable of its values (the first one at once). */
export interface View<T> extends Observable<T> {
  get(): T
}

export const viewOf = <T>(subject: BehaviorSubject<T>): View<T> =>
  Object.assign(subject.pipe(distinctUntilChanged()), { get: () => subject.value })
