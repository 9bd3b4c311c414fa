// What a test file needs, in one place: a server, a browser and visitors that are checked when the file ends.

import { after, before } from 'node:test'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { startServer } from './server.mjs'
import { openBrowser, visit } from './visitor.mjs'

const failures = join(dirname(fileURLToPath(import.meta.url)), 'failures')

/**
 * A stage for one test file: starts the server and the browser before its tests and stops them after.
 * `options` are those of `startServer`, or `{ start }`, a function that starts something else with `base` and `stop`.
 */
export function stage(options = {}) {
  const now = { server: null, browser: null, visitors: new Set() }
  before(async () => {
    now.server = await (options.start ?? startServer)(options)
    now.browser = await openBrowser()
  })
  after(async () => {
    await now.browser?.close()
    await now.server?.stop()
  })
  return {
    get server() {
      return now.server
    },
    get browser() {
      return now.browser
    },
    get base() {
      return now.server.base
    },
    /** A visitor at a width; `work(visitor)` is what they do. What they met is checked at the end. */
    async as(width, settings, work) {
      const visitor = await visit(now.browser, now.server.base, width, settings)
      try {
        await work(visitor)
      } catch (error) {
        error.message += await evidence(visitor)
        await visitor.context.close()
        throw error
      }
      await visitor.leave()
    },
  }
}

/** Where a visit failed and what it looked like, in `failures/`, and what else was seen over the shoulder. */
async function evidence(visitor) {
  const { page, problems, setting } = visitor
  const name = `${new URL(page.url()).pathname} ${setting}`.replace(/[^a-z0-9]+/gi, '-')
  await visitor.shot(name, failures).catch(() => {})
  return `\n  at ${page.url()}, ${setting}; picture: failures/${name}.png${problems.map((problem) => `\n  ${problem}`).join('')}`
}
