#!/usr/bin/env node
// An old Node fails while it loads the program's modules, so its version is checked before any is loaded.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 20 || (major === 20 && minor >= 19)) void import('./main.ts')
else {
  console.error(
    `device-contacts needs Node 20.19 or newer, and this is Node ${process.versions.node}. To get a newer one, see https://nodejs.org`,
  )
  process.exitCode = 1
}
