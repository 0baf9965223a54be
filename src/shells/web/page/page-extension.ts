/** An entry of the navigation and its view, which a server of the page adds by the `extension` of its configuration. */
export interface PageExtension {
  /** The words of the entry. */
  readonly label: string
  /** The same in one word, for the navigation at the bottom of a narrow page. */
  readonly shortLabel: string
  /** What the entry shows. Put into the page when it is first opened, and kept. */
  readonly view: HTMLElement
}

/** What the module exports as `extend`. */
export type Extend = (language: string) => PageExtension

/** Rejects if the module cannot be loaded. */
export const loadExtension = async (address: string, language: string): Promise<PageExtension> => {
  const module = (await import(/* @vite-ignore */ new URL(address, document.baseURI).href)) as {
    readonly extend: Extend
  }
  return module.extend(language)
}
