// An officer signs in by the one-time link that the first start prints, and reads what residents said.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { confirm, fillCredentials, formButton, officer, signIn } from './officers.mjs'
import { defaultSurvey } from './server.mjs'
import { names } from './words.mjs'

const admin = '/admin/surveys/police-and-crime-plan'
const MOST_PAGES = 40

describe('an officer', () => {
  const theatre = stage({ surveys: [defaultSurvey], simulate: 300 })

  before(async () => {
    const link = theatre.server.administratorLink()
    assert.ok(link, `no "administrator link:" line\n${theatre.server.log()}`)
    await theatre.as(1280, {}, async (visitor) => {
      await visitor.page.goto(link)
      await visitor.inspect('first sign-in')
      await fillCredentials(visitor.page)
      await signIn(visitor.page)
    })
  })

  test('can use the link only once', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      const answer = await page.goto(theatre.server.administratorLink())
      assert.ok(answer.status() >= 400 || (await page.locator('main input[type=password]').count()) < 2, 'the link works again')
    })
  })

  test('is asked to sign in for every page, and told nothing before', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      for (const url of ['/admin', admin, `${admin}/questions`, `${admin}/themes`, `${admin}/comments`]) {
        await page.goto(url)
        assert.ok(await page.locator('main input[type=password]').count(), `${url} opens without signing in`)
      }
    })
  })

  test('is refused with one sentence for a wrong password and for an unknown email', async () => {
    await theatre.as(1280, {}, async (visitor) => {
      const said = []
      for (const email of [officer.email, 'nobody@example.org']) {
        await visitor.page.goto('/admin')
        await visitor.page.locator('main input').first().waitFor()
        await visitor.page.locator('main').getByLabel(names.email).fill(email)
        await visitor.page.locator('main input[type=password]').fill('not the password at all')
        await Promise.all([visitor.page.waitForNavigation(), formButton(visitor.page).click()])
        await visitor.inspect('refused')
        said.push(await visitor.page.getByRole('alert').innerText())
      }
      assert.equal(said[0], said[1])
    })
  })

  for (const [width, settings] of [[1280, {}], [390, {}], [320, {}], [1280, { js: false }], [390, { js: false }], [1280, { forcedColors: true }], [1280, { zoom: 4 }]]) {
    test(`finds pages that axe has nothing against, ${JSON.stringify({ width, ...settings })}`, async () => {
      await theatre.as(width, settings, async (visitor) => {
        const { page, base } = visitor
        await signIn(page)
        const waiting = ['/admin', admin]
        const seen = new Set()
        while (waiting.length && seen.size < MOST_PAGES) {
          const url = waiting.shift()
          const at = new URL(url, base)
          // One area of each kind stands for all: their pages differ in figures only.
          const kind = at.pathname.replace(/\/area\/(csp-|lpa-)?.*/, '/area/$1')
          if (seen.has(kind)) continue
          seen.add(kind)
          const answer = await page.goto(at.href)
          assert.equal(answer.status(), 200, url)
          await visitor.inspect('start')
          const links = await page.locator('a[href]').evaluateAll((all) => all.filter((link) => !link.hasAttribute('download')).map((link) => new URL(link.getAttribute('href'), document.baseURI).href))
          waiting.push(...links.filter((link) => link.startsWith(`${base}/admin`) && !/\.(csv|json|svg|png|xlsx|zip)(\?|$)|sign-out|exports\/./.test(link)))
        }
        assert.ok(seen.size >= 4, `only ${[...seen].join(', ')}`)
      })
    })
  }

  test('sees on the survey home that the responses are simulated', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(admin)
      assert.match(await page.locator('body').innerText(), names.simulated)
      assert.match(await page.locator('main').innerText(), /\b\d{2,3}\b/)
    })
  })

  test('reads themes by area as a table with headings, and the map with its own words', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(`${admin}/themes`)
      const table = page.locator('main').getByRole('table').first()
      assert.ok((await table.getByRole('columnheader').count()) > 10)
      assert.ok((await table.getByRole('rowheader').count()) >= 8)
      const map = page.locator('main svg[role=group]:visible').first()
      assert.ok(await map.count(), 'no map')
      const words = await map.evaluate((svg) => svg.getAttribute('aria-labelledby').split(' ').map((id) => document.getElementById(id)?.textContent ?? ''))
      assert.ok(words.length === 2 && words.every((text) => text.length > 10), `the map says ${JSON.stringify(words)}`)
    })
  })

  for (const js of [true, false]) {
    test(`goes from area to area of the map by keyboard, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(1280, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(`${admin}/themes`)
        const areas = page.locator('main svg[role=group]:visible').first().locator('a')
        assert.ok((await areas.count()) >= 14, 'not every area can be chosen')
        const before = page.url()
        const area = areas.nth(3)
        assert.ok((await area.evaluate((link) => link.getAttribute('aria-label') ?? link.textContent)).trim().length > 3, 'an area without a name')
        await area.focus()
        await Promise.all([page.waitForURL((url) => url.href !== before), page.keyboard.press('Enter')])
        await page.waitForLoadState('networkidle')
        const chosen = await page.locator('main .app-callout').innerText()
        await page.reload()
        assert.equal(await page.locator('main .app-callout').innerText(), chosen)
        assert.equal(await page.locator('main svg[role=group]:visible').first().locator('a').count(), await areas.count())
      })
    })

    test(`goes from the map to the profile of an area by keyboard, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(1280, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(`${admin}/themes`)
        const area = page.locator('main svg[role=group]:visible').first().locator('a').nth(5)
        const name = (await area.getAttribute('aria-label')).split(':')[0]
        await area.focus()
        await Promise.all([page.waitForURL((url) => url.search.includes('cell=')), page.keyboard.press('Enter')])
        await page.waitForLoadState('networkidle')
        const profile = page.locator('main .app-callout a')
        await profile.focus()
        await Promise.all([page.waitForURL((url) => url.pathname.includes('/area/')), page.keyboard.press('Enter')])
        assert.ok((await page.locator('h1').innerText()).includes(name.split(' ')[0]), `not the profile of ${name}`)
        assert.ok((await page.locator('main').getByRole('table').count()) >= 3)
      })
    })

    test(`filters, and finds the whole state in the address, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(1280, { js }, async ({ page, context }) => {
        await signIn(page)
        await page.goto(`${admin}/themes`)
        const result = (where) => where.locator('#results').innerText()
        const all = await result(page)
        const list = page.locator('main form.app-filter select').first()
        const id = await list.getAttribute('id')
        const value = await list.evaluate((select) => [...select.options].map((option) => option.value).filter(Boolean)[0])
        await list.focus()
        await list.selectOption(value)
        if (!js) await Promise.all([page.waitForNavigation(), page.locator('main form.app-filter button').first().click()])
        await page.waitForURL((url) => url.search !== '')
        await page.waitForFunction((before) => document.querySelector('#results').innerText !== before && !document.querySelector('[aria-busy=true]'), all)
        const shown = await result(page)
        assert.equal(await page.locator(`[id="${id}"]`).inputValue(), value)
        if (js) assert.equal(await page.evaluate(() => document.activeElement.id), id, 'the focus was lost')
        const again = await context.newPage()
        await again.goto(page.url())
        assert.equal(await result(again), shown)
        const chip = page.locator('#results .app-chip').first()
        assert.ok(await chip.isVisible(), 'the filter in force is not named')
        await chip.click()
        await page.waitForFunction((before) => document.querySelector('#results').innerText === before, all)
      })
    })
  }

  test('reads which rules agree on the first priority, and how sure that is', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(`${admin}/priorities`)
      assert.match(await page.locator('main').innerText(), names.firstByRules)
      const table = page.locator('main').getByRole('table').first()
      assert.equal(await table.getByRole('rowheader').count(), 7, 'not every rule')
    })
  })
  for (const js of [true, false]) {
    test(`opens the fold of the filters on a phone, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(`${admin}/comments`)
        const list = page.locator('main form.app-filter select').first()
        assert.ok(!(await list.isVisible()), 'the filters stand before the results')
        await page.locator('main details.app-fold > summary').press('Enter')
        await list.waitFor({ state: 'visible' })
        assert.match(await page.locator('#comments-title').innerText(), /\d+ comments?/)
      })
    })
  }

  test('downloads a CSV whose name says it is internal', async () => {
    await theatre.as(1280, {}, async ({ page, context, base }) => {
      await signIn(page)
      await confirm(page)
      await page.goto(`${admin}/exports`)
      const links = await page.locator('main a[href]').evaluateAll((all) => all.map((link) => link.href))
      const file = links.find((link) => /\.csv(\?|$)/.test(link))
      assert.ok(file, 'no download on the page for it')
      const answer = await context.request.get(file.startsWith(base) ? file : `${base}${file}`)
      assert.equal(answer.status(), 200)
      assert.match(answer.headers()['content-disposition'] ?? '', /filename="?internal-/)
    })
  })

  test('signs out, and the session is over', async () => {
    await theatre.as(1280, {}, async ({ page, context }) => {
      await signIn(page)
      const kept = await context.cookies()
      const out = page.getByRole('button', { name: names.signOut }).or(page.getByRole('link', { name: names.signOut })).first()
      await Promise.all([page.waitForNavigation(), out.click()])
      await context.addCookies(kept)
      await page.goto('/admin')
      assert.ok(await page.locator('main input[type=password]').count(), 'the old cookie still opens the page')
    })
  })
})
