/** Milliseconds: five minutes. */
const WINDOW = 300_000

/**
 * Milliseconds to put off a refresh that a clock asks for, evenly over a window: where many devices refresh
 * at nine in the morning, their service would see all of them in one second. A refresh that a person asks for
 * is not put off. With a random number that the device keeps, its refreshes stay equally far apart.
 *
 * @param random from 0 up to but not including 1
 * @param window milliseconds
 */
export const refreshDelay = (random: number, window: number = WINDOW): number => Math.floor(random * window)
