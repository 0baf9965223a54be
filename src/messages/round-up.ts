/** To three digits: more would look exact. */
export const roundUp = (count: number): number => {
  const step = 10 ** Math.max(0, String(count).length - 3)
  return Math.ceil(count / step) * step
}
