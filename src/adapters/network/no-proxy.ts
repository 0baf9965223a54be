import { BlockList, isIP } from 'node:net'

/**
 * Whether a list like that of `NO_PROXY` names the host of an address: names with all names below them (`example.com`,
 * `.example.com`, `*.example.com`), addresses, ranges of addresses (`10.0.0.0/8`), each perhaps with a port, or `*` for
 * every host. Entries are separated by commas or spaces. There is no standard; this accepts what curl and Go accept.
 */
export const isExcepted = (list: string, { protocol, hostname, port }: URL): boolean => {
  const host = bare(hostname)
  const usedPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return list
    .split(/[,;\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => names(entry.toLowerCase(), host, usedPort))
}

const names = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true
  const { name, only } = withoutPort(entry)
  if (only !== undefined && only !== port) return false
  if (isIP(host) !== 0) return holds(bare(name), host)
  const domain = name.replace(/^\*?\./, '').replace(/\.$/, '')
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`))
}

/** An IPv6 address without brackets has no port: its last colon is part of it. */
const withoutPort = (entry: string): { readonly name: string; readonly only?: string } => {
  const [, name, only] = /^(\[.+\]|[^:]+):(\d+)$/.exec(entry) ?? []
  return name === undefined || only === undefined ? { name: entry } : { name, only }
}

/** Whether an address, or a range of addresses, contains the address of a host. */
const holds = (entry: string, host: string): boolean => {
  const [network = '', bits, ...rest] = entry.split('/')
  const family = isIP(network)
  const longest = family === 6 ? 128 : 32
  const length = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity
  if (family === 0 || rest.length > 0 || length > longest) return false
  const listed = new BlockList()
  listed.addSubnet(network, length, family === 6 ? 'ipv6' : 'ipv4')
  return listed.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
}

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
