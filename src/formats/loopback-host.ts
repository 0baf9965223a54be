const loopback = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Whether a host name, as `URL` spells it, is this machine: `localhost` and names below it (RFC 6761, section
 * 6.3), and the loopback addresses (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3). Requests to it do
 * not leave the machine, so they may use plain http.
 */
export const isLoopbackHost = (hostname: string): boolean => loopback.test(hostname)
