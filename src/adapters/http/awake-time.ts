/**
 * How much of the time between two looks at the clock counts, in ms. A device that slept, or whose clock was set, may see
 * an hour pass where half a minute was planned; nothing was tried meanwhile, so no more than the plan counts.
 *
 * @param passed by the clock; less than 0 if it was set back
 * @param wait the part of the plan that surely passed
 * @param longest the whole plan
 */
export const awakeTime = (passed: number, wait: number, longest: number): number =>
  passed < 0 ? wait : Math.min(passed, longest)
