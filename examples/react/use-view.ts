import type { View } from 'device-contacts/browser'
import { useCallback, useSyncExternalStore } from 'react'

/** The value of a view, such as `client.list` or `client.accounts`, in a component that follows it. */
export const useView = <Value>(view: View<Value>): Value =>
  useSyncExternalStore(
    useCallback(
      (changed: () => void) => {
        const subscription = view.subscribe(changed)
        return () => subscription.unsubscribe()
      },
      [view],
    ),
    () => view.get(),
  )
