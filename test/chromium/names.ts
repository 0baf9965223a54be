/** The name of a store that no other test uses. The browser's profile is removed after the tests. */
export const newName = (): string => `store-${crypto.randomUUID()}`
