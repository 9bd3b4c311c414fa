// An officer compares anything with anything: by keyboard, without scripts, on a phone.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { tabTo } from './keyboard.mjs'
import { fillCredentials, signIn } from './officers.mjs'
import { defaultSurvey } from './server.mjs'

const compare = '/admin/surveys/police-and-crime-plan/compare'
const equality = '/admin/surveys/police-and-crime-plan/equality'
const banners = '?row=confidence&by=policing&by=age&by=crime_experience&show=both'

describe('an officer who compares', () => {
  const theatre = stage({ surveys: [defaultSurvey], simulate: 600 })

  before(async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await page.goto(theatre.server.administratorLink())
      await fillCredentials(page)
      await signIn(page)
    })
  })

  for (const [width, settings] of [[1280, {}], [390, {}], [390, { js: false }], [1280, { forcedColors: true }]]) {
    test(`reads tables that axe has nothing against and that never push the page sideways, ${JSON.stringify({ width, ...settings })}`, async () => {
      await theatre.as(width, settings, async (visitor) => {
        const { page } = visitor
        await signIn(page)
        for (const url of [compare, `${compare}${banners}`, `${compare}?row=what_happened&by=district`, equality,
          `${compare}${banners}&weights=both`, `${equality}?weights=weighted`]) {
          assert.equal((await page.goto(url)).status(), 200, url)
          await visitor.inspect('compare')
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          assert.ok(wide <= 0, `${url} is ${wide} px too wide`)
          const table = page.locator('main .app-cross').first()
          assert.ok((await table.getByRole('columnheader').count()) >= 4, url)
          assert.ok((await table.getByRole('rowheader').count()) >= 3, url)
        }
      })
    })
  }

  test('keeps the names of rows in sight while a wide table moves, on a phone', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(`${compare}?row=confidence&by=district`)
      const region = page.locator('main .app-scroll').first()
      assert.ok((await region.getAttribute('aria-labelledby')) !== null)
      await region.focus()
      const name = region.locator('tbody th').first()
      const at = async () => (await name.boundingBox()).x
      const start = await at()
      for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight')
      await page.waitForFunction(() => document.querySelector('main .app-scroll').scrollLeft > 60)
      assert.ok(Math.abs((await at()) - start) < 2, 'the names of rows moved away')
    })
  })

  for (const [width, js] of [[1280, true], [390, true], [390, false]]) {
    test(`switches to weighted figures and keeps the rest of the address, ${width} px, scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(width, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(`${compare}?row=confidence&by=policing&by=age&show=both`)
        const results = page.locator('#results')
        const weights = results.getByRole('navigation', { name: 'Weights' })
        assert.equal(await results.getByText('Worth with weights').count(), 0)
        await Promise.all([page.waitForURL(/weights=weighted/), weights.getByRole('link', { name: 'Weighted', exact: true }).click()])
        const given = new URL(page.url()).searchParams
        assert.deepEqual([given.getAll('by'), given.get('show')], [['policing', 'age'], 'both'])
        assert.equal(await weights.locator('[aria-current]').innerText(), 'Weighted')
        const said = await results.innerText()
        assert.match(said, /Rao–Scott, second order/)
        assert.match(said, /Base: [\d,]+ residents, weighted: worth [\d,]+ of a random sample/)
        assert.doesNotMatch(said, /Chi-square/)
        await Promise.all([page.waitForURL(/weights=both/), weights.getByRole('link', { name: 'Both', exact: true }).click()])
        assert.match(await results.innerText(), /Chi-square[\s\S]*Rao–Scott, second order/)
        const table = page.locator('main .app-cross').first()
        const pairs = await table.locator('.app-cross__weighted').count()
        assert.equal(await table.locator('tbody tr').count(), 2 * pairs)
        const header = await table.locator('.app-cross__weighted th').first().innerText()
        assert.match(header, /weighted$/)
      })
    })
  }

  test('keeps the name of a wide table in sight while it moves, on a phone', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await signIn(page)
      await page.goto('/admin/surveys/police-and-crime-plan/area/lpa-north?weights=both')
      const region = page.locator('#results section .app-scroll').nth(1)
      const name = region.locator('.app-table__said')
      const start = (await name.boundingBox()).x
      await region.evaluate((element) => { element.scrollLeft = 150 })
      assert.ok((await region.evaluate((element) => element.scrollLeft)) > 60, 'the table does not scroll')
      assert.ok(Math.abs((await name.boundingBox()).x - start) < 2, 'the name moved away')
    })
  })

  for (const js of [true, false]) {
    test(`chooses what is down and across by keyboard, and finds it in the address, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(1280, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(compare)
        await tabTo(page, ({ id }) => id === 'compare-1-row', 'the list of what is down')
        await page.locator('#compare-1-row').selectOption('council_tax')
        await tabTo(page, ({ id }) => id === 'compare-3-by', 'the list of second banners')
        await page.locator('#compare-3-by').selectOption('sex')
        await tabTo(page, ({ tag, text }) => tag === 'BUTTON' && /^compare$/i.test(text), 'the button')
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
        const given = new URL(page.url()).searchParams
        assert.equal(given.get('row'), 'council_tax')
        assert.deepEqual(given.getAll('by').filter(Boolean), ['policing', 'sex'])
        assert.equal(await page.locator('main .app-cross').count(), 2)
        assert.match(await page.locator('#results').innerText(), /degrees? of freedom, p/i)
      })
    })
  }

  test('narrows the page to those who gave one answer, and takes that back', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(`${compare}?row=crime_experience&by=age`)
      const all = await page.locator('#results').innerText()
      await page.locator('#results details summary').first().click()
      await page.locator('#results .app-only a').first().click()
      await page.waitForURL((url) => url.searchParams.has('answer'))
      const chip = page.locator('#results .app-chip')
      await chip.waitFor()
      assert.equal(await chip.count(), 1)
      await chip.click()
      await page.waitForURL((url) => !url.searchParams.has('answer'))
      await page.waitForFunction((before) => document.querySelector('#results').innerText === before, all)
    })
  })
})
