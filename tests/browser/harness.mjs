// What a test file needs, in one place: a server, a browser and visitors that are checked when the file ends.

import { after, before } from 'node:test'

import { startServer } from './server.mjs'
import { openBrowser, visit } from './visitor.mjs'

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
      let done = false
      try {
        await work(visitor)
        done = true
      } finally {
        if (done) await visitor.leave()
        else await visitor.context.close()
      }
      return visitor
    },
  }
}
