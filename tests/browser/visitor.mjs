// A visitor: one browser context that looks over its own shoulder. It fails on a request to another origin, on a
// breach of the Content-Security-Policy, on a script error and on any answer of 500 or above. `mayLeave` is for the one
// button that leads to another site.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

import { note } from './ledger.mjs'

const axeSource = readFileSync(join(dirname(createRequire(import.meta.url).resolve('axe-core/package.json')), 'axe.min.js'), 'utf8')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const HEIGHTS = { 320: 568, 390: 844, 1280: 900 }

/** Where Chromium is on this machine. */
export function chromiumPath() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const found = known.find((path) => path && existsSync(path))
  if (!found) throw new Error('no Chromium: install the package "chromium" or set CHROMIUM to its path')
  return found
}

/** A browser that fetches nothing of its own accord. */
export function openBrowser() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--no-first-run', '--no-default-browser-check', '--disable-dev-shm-usage'],
  })
}

/**
 * A new visitor at `width` CSS pixels. `zoom` magnifies: a window of `width` at zoom 4 lays out as width / 4.
 */
export async function visit(browser, base, width, { js = true, forcedColors = false, reducedMotion = false, zoom = 1 } = {}) {
  const height = HEIGHTS[width] ?? 900
  const context = await browser.newContext({
    baseURL: base,
    javaScriptEnabled: js,
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    forcedColors: forcedColors ? 'active' : 'none',
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  })
  context.setDefaultTimeout(10_000)
  const setting = [`${width} px`, js ? 'scripts' : 'no scripts', forcedColors && 'forced colours', zoom !== 1 && `${zoom * 100} % zoom`]
    .filter(Boolean).join(', ')
  const visitor = new Visitor(context, base, setting, js)
  await visitor.watch()
  visitor.page = await context.newPage()
  return visitor
}

export class Visitor {
  constructor(context, base, setting, js) {
    Object.assign(this, { context, base, setting, js, problems: [], page: null, mayLeave: false })
  }

  async watch() {
    const { context, problems } = this
    context.on('request', (request) => {
      const url = request.url()
      const ours = url.startsWith(`${this.base}/`) || /^(data|blob|about):/.test(url)
      if (!ours && !this.mayLeave) problems.push(`asked another origin: ${url}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 500) problems.push(`${response.status()} at ${response.url()}`)
    })
    context.on('weberror', (error) => problems.push(`script error: ${error.error().message}`))
    context.on('console', (message) => {
      const text = message.text()
      if (/content security policy/i.test(text)) problems.push(`policy: ${text}`)
      else if (message.type() === 'error' && !/Failed to load resource.*status of 4\d\d/.test(text)) problems.push(`console: ${text}`)
    })
    if (!this.js) return
    await context.exposeFunction('reportPolicyViolation', (text) => problems.push(`policy: ${text}`))
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        globalThis.reportPolicyViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`))
    })
  }

  /** A second tab of the same browser, with the same cookies. */
  secondTab() {
    return this.context.newPage()
  }

  /** What axe finds, one line per rule and place; also noted for the totals. */
  async violations(page = this.page, state = 'start') {
    // With scripts off, timers never fire: axe then runs on promises alone.
    if (!this.js) {
      await page.evaluate(() => {
        const soon = (work, wait = 0) => {
          if (wait < 100) Promise.resolve().then(work)
          return 1
        }
        window.setTimeout = soon
        window.requestAnimationFrame = (work) => soon(work)
      })
    }
    await page.evaluate(axeSource)
    const found = await page.evaluate(async (tags) => {
      const result = await globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
      // What the bar that stays in sight happens to cover is looked at once more, in the middle of the window.
      for (const rule of result.violations.filter(({ id }) => id === 'target-size')) {
        const still = []
        for (const node of rule.nodes) {
          const target = document.querySelector(node.target[0])
          target.scrollIntoView({ block: 'center' })
          const again = await globalThis.axe.run(target, { runOnly: ['target-size'] })
          if (again.violations.length) still.push(node)
        }
        rule.nodes = still
      }
      return result.violations.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id} (${rule.impact}) at ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join('; ').trim()}`))
    }, AXE_TAGS)
    note({ page: new URL(page.url()).pathname, state, setting: this.setting, violations: found.length })
    return found
  }

  /** Fails unless axe finds nothing and the page doesn't scroll sideways. */
  async inspect(state, page = this.page) {
    const where = `${new URL(page.url()).pathname} [${state}] at ${this.setting}`
    const found = await this.violations(page, state)
    assert.deepEqual(found, [], where)
    const { over, widest } = await page.evaluate(() => {
      const view = document.documentElement.clientWidth
      const over = document.scrollingElement.scrollWidth - view
      const widest = over <= 0 ? '' : [...document.querySelectorAll('body *')].find((part) => part.getBoundingClientRect().right > view + 1)?.outerHTML.slice(0, 120)
      return { over, widest }
    })
    assert.ok(over <= 0, `${where} scrolls sideways by ${over} px: ${widest}`)
  }

  /** Saves a picture of the page, or of its upper `height` pixels; `folder` is made when missing. */
  async shot(name, folder, page = this.page, height = Infinity) {
    mkdirSync(folder, { recursive: true })
    await page.evaluate(() => scrollTo(0, 0)).catch(() => {})
    const size = await page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }))
    const clip = { x: 0, y: 0, width: size.width, height: Math.min(size.height, height) }
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip })
  }

  /** Ends the visit; fails on anything seen over the shoulder. */
  async leave() {
    await this.context.close()
    assert.deepEqual(this.problems, [], `at ${this.setting}`)
  }
}
