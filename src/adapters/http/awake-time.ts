/**
 * How much of the time between two readings of the clock counts, in ms. If the device slept, or its clock was set, an
 * hour may seem to pass where half a minute was planned. Nothing was tried in that time, so at most the planned time
 * counts.
 *
 * @param passed according to the clock; negative if it was set back
 * @param wait the part of the planned time that has certainly passed
 * @param longest the whole planned time
 */
export const awakeTime = (passed: number, wait: number, longest: number): number =>
  passed < 0 ? wait : Math.min(passed, longest)
