// A resident who has only a keyboard.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { byKeyboard, pressNamed, tabTo } from './keyboard.mjs'
import { defaultSurvey, everyKindSurvey } from './server.mjs'
import { walkToCheck } from './walker.mjs'
import { everyKind, names, reference, survey } from './words.mjs'

const next = (page) => pressNamed(page, names.continue)

describe('a resident with only a keyboard', () => {
  const theatre = stage({ surveys: [defaultSurvey, everyKindSurvey] })

  for (const [title, slug, settings] of [
    ['the Police and Crime Plan survey', survey, { js: true }],
    ['the Police and Crime Plan survey without scripts', survey, { js: false }],
    ['the survey of every kind', everyKind, { js: true }],
  ]) {
    test(`completes ${title}`, async () => {
      await theatre.as(1280, settings, async ({ page }) => {
        await page.goto(slug)
        await pressNamed(page, names.start)
        await walkToCheck(page, { how: byKeyboard, pick: 'revealing', submit: next })
        await pressNamed(page, names.send)
        assert.match(await page.locator('main').innerText(), reference)
      })
    })
  }

  test('comes to a skip link first, and it leads to the main part', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await page.goto(survey)
      await page.keyboard.press('Tab')
      const link = await page.evaluate(() => ({ text: document.activeElement.textContent.trim(), hash: document.activeElement.hash }))
      assert.match(link.text, /skip/i)
      await page.keyboard.press('Enter')
      assert.ok(await page.evaluate((id) => Boolean(document.querySelector(id)?.closest('main')), link.hash), `${link.hash} is not the main part`)
      await tabTo(page, ({ tag }) => ['A', 'BUTTON'].includes(tag), 'something in the main part')
      assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest('main'))))
    })
  })
})
