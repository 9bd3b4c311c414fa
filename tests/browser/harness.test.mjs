// The harness itself, on a small survey that needs no server of ours: it must get through, and it must catch.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { startFixture } from './fixture.mjs'
import { stage } from './harness.mjs'
import { byKeyboard, pressNamed } from './keyboard.mjs'
import { settle } from './snapshot.mjs'
import { openBrowser, visit } from './visitor.mjs'
import { begin, errorSummary, hasErrors, send, spoilPage, submit, walkToCheck } from './walker.mjs'
import { names, reference, survey } from './words.mjs'

// What axe says of the fixture is not counted with the program's pages.
delete process.env.HYS_BROWSER_LEDGER

describe('the harness', () => {
  const theatre = stage({ start: startFixture })

  for (const js of [true, false]) {
    test(`walks a whole survey with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async (visitor) => {
        await begin(visitor.page)
        const seen = await walkToCheck(visitor.page, { pick: 'revealing' })
        assert.equal(seen.length, 2)
        assert.match(await send(visitor.page), reference)
      })
    })

    test(`inspects a page in its states with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(320, { js }, async (visitor) => {
        await begin(visitor.page)
        await visitor.inspect('start')
        await submit(visitor.page)
        assert.ok(await hasErrors(visitor.page))
        await visitor.inspect('errors')
      })
    })
  }

  test('walks a whole survey by keyboard alone', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await page.goto(survey)
      await pressNamed(page, names.start)
      await walkToCheck(page, { how: byKeyboard, pick: 'revealing', submit: (where) => pressNamed(where, names.continue) })
      await pressNamed(page, names.send)
      assert.match(await page.locator('main').innerText(), reference)
    })
  })

  test('puts in what is wrong and gets an error summary', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await page.goto(`${survey}/respond/more`)
      assert.ok(await spoilPage(page))
      await submit(page)
      assert.ok(await errorSummary(page).isVisible())
    })
  })

  test('settles the order of shuffled choices in a snapshot', () => {
    const one = '- main:\n  - group "Q":\n    - radio "B"\n    - text: B\n    - radio "A"\n  - button "Go"'
    const other = '- main:\n  - group "Q":\n    - radio "A"\n    - radio "B"\n    - text: B\n  - button "Go"'
    assert.equal(settle(one), settle(other))
    assert.notEqual(settle(one), settle(one.replace('radio "A"', 'radio "C"')))
  })
})

describe('the harness catches', () => {
  let browser
  before(async () => (browser = await openBrowser()))
  after(() => browser.close())

  async function meet(flaw, work) {
    const server = await startFixture({ flaw })
    const visitor = await visit(browser, server.base, 390)
    await visitor.page.goto(survey)
    await visitor.page.waitForLoadState('networkidle')
    try {
      await work(visitor)
    } finally {
      await visitor.context.close()
      await server.stop()
    }
  }

  test('a request to another origin', () =>
    meet('third-party', (visitor) => assert.rejects(visitor.leave(), /asked another origin/)))

  test('a breach of the Content-Security-Policy', () =>
    meet('inline-style', (visitor) => assert.rejects(visitor.leave(), /policy: /)))

  test('a field without a name', () =>
    meet('unlabelled', (visitor) => assert.rejects(visitor.inspect('start'), /label \(critical\)/)))

  test('a page that scrolls sideways', () =>
    meet('wide', (visitor) => assert.rejects(visitor.inspect('start'), /scrolls sideways/)))
})
