/** Adds a value to the group under its key, which may begin with it. (`Map.groupBy`, which Node 20 lacks, takes one key a value.) */
export const addToGroup = <K, V>(groups: Map<K, V[]>, key: K, value: V): void => {
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}
