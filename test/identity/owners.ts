/** Files can be given to another user by root alone, so tests that do so are skipped for everyone else. */
export const isRoot = process.geteuid?.() === 0

/** The id of a user who is not the one that runs the tests. */
export const STRANGER = 65_534
