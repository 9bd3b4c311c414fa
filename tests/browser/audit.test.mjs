// An administrator reads the audit log, takes it out, and erases a response: by keyboard, without scripts, on a phone.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { fillCredentials, signIn } from './officers.mjs'
import { defaultSurvey } from './server.mjs'

const log = '/admin/audit'
const survey = '/admin/surveys/police-and-crime-plan'

describe('an administrator who asks who saw what', () => {
  const theatre = stage({ surveys: [defaultSurvey], simulate: 200 })

  before(async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await page.goto(theatre.server.administratorLink())
      await fillCredentials(page)
      await signIn(page)
      await page.goto(`${survey}/comments`)
      await page.goto(`${survey}/question/ethnicity`)
    })
  })

  for (const [width, settings] of [[1280, {}], [390, {}], [390, { js: false }], [1280, { forcedColors: true }]]) {
    test(`reads sentences that axe has nothing against and that never push the page sideways, ${JSON.stringify({ width, ...settings })}`, async () => {
      await theatre.as(width, settings, async (visitor) => {
        const { page } = visitor
        await signIn(page)
        for (const url of [log, `${log}?kind=comments_read`, `${log}?q=nothing+is+called+so`, `${survey}/erase`]) {
          assert.equal((await page.goto(url)).status(), 200, url)
          await visitor.inspect('audit')
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          assert.ok(wide <= 0, `${url} is ${wide} px too wide`)
        }
        await page.goto(`${log}?kind=comments_read`)
        assert.match(await page.locator('.app-audit__what').first().textContent(), /read \d+ comments of Police and Crime Plan survey/)
      })
    })
  }

  for (const js of [true, false]) {
    test(`narrows the log by keyboard${js ? '' : ', without scripts'}`, async () => {
      await theatre.as(1280, { js }, async ({ page }) => {
        await signIn(page)
        await page.goto(log)
        await page.locator('#audit-kind').focus()
        await page.locator('#audit-kind').selectOption('sensitive_figures_seen')
        await page.locator('.app-filter button[type=submit]').focus()
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
        assert.match(page.url(), /kind=sensitive_figures_seen/)
        const told = await page.locator('.app-audit__what').allTextContents()
        assert.ok(told.length >= 1 && told.every((words) => /figures of sensitive answers/.test(words)), told.join('\n'))
      })
    })
  }

  test('is told of a slip in a reference, beside it and above', async () => {
    await theatre.as(390, {}, async (visitor) => {
      const { page } = visitor
      await signIn(page)
      await page.goto(`${survey}/erase`)
      await page.fill('#reference', '1234')
      await Promise.all([page.waitForNavigation(), page.locator('main form button').click()])
      await visitor.inspect('erase-error')
      assert.equal(await page.inputValue('#reference'), '1234')
      await page.locator('.govuk-error-summary a').click()
      assert.equal(await page.evaluate(() => document.activeElement.id), 'reference')
    })
  })
})
