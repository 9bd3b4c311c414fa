// Where the focus goes, and what is announced.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { defaultSurvey, everyKindSurvey } from './server.mjs'
import { answerPage, begin, errorSummary, fillPage, hasErrors, isQuestionPage, path, readGroups, spoilPage, submit } from './walker.mjs'
import { everyKind, names } from './words.mjs'

/** Walks until a page has what `found` looks for, and stays there. */
async function walkTo(page, found, what) {
  await begin(page, everyKind)
  while (isQuestionPage(page)) {
    if (await found(page)) return
    await answerPage(page, { pick: 'revealing' })
  }
  throw new Error(`no page with ${what}`)
}

/** Chooses what opens the first part of a kind by keyboard; the next Tab must lead into it. */
async function opens(page, kind) {
  const part = page.locator(`main ${kind}`).first()
  const id = (await part.getAttribute('id')).replace('conditional-', '')
  const opener = page.locator(`[id="${id}"]`)
  assert.ok(!(await part.isVisible()), 'open before it was chosen')
  await opener.focus()
  await page.keyboard.press('Space')
  assert.ok(await part.isVisible(), 'not opened')
  await page.keyboard.press('Tab')
  assert.ok(await page.evaluate((inside) => document.activeElement.closest(`[id="${inside}"]`) !== null, `conditional-${id}`), 'Tab goes elsewhere')
  return opener
}

const has = (selector) => async (page) => (await page.locator(`main ${selector}`).count()) > 0

describe('the focus', () => {
  const theatre = stage({ surveys: [everyKindSurvey, defaultSurvey] })

  test('goes to the error summary, and each of its links to the field it is about', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page, everyKind)
      let links = 0
      for (let pages = 0; isQuestionPage(page); pages += 1) {
        assert.ok(pages < 60)
        const here = path(page)
        await spoilPage(page)
        await submit(page)
        if (path(page) === here && (await hasErrors(page))) {
          assert.ok(await page.evaluate(() => document.activeElement.matches('.govuk-error-summary, [role=alert]')), `focus at ${here}`)
          assert.match(await page.title(), /^Error: /)
          for (const link of await errorSummary(page).getByRole('link').all()) {
            const target = (await link.getAttribute('href')).slice(1)
            await link.click()
            assert.equal(await page.evaluate(() => document.activeElement.id), target, `a link of ${here}`)
            links += 1
          }
        }
        await page.goto(here)
        await answerPage(page, { pick: 'revealing' })
      }
      assert.ok(links > 0, 'no error was seen')
    })
  })

  test('comes to a revealed question right after the choice that opens it', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await walkTo(page, has('.govuk-radios__conditional'), 'a choice that opens a question')
      await opens(page, '.govuk-radios__conditional')
    })
  })

  test('comes to a revealed question right after the box that opens it, which says whether it is open', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await walkTo(page, has('.govuk-checkboxes__conditional'), 'a box that opens a question')
      const box = await opens(page, '.govuk-checkboxes__conditional')
      assert.equal(await box.getAttribute('aria-expanded'), 'true')
    })
  })

  test('comes to a revealed question without scripts too', async () => {
    await theatre.as(390, { js: false }, async ({ page }) => {
      await walkTo(page, has('.govuk-radios__conditional'), 'a choice that opens a question')
      await opens(page, '.govuk-radios__conditional')
    })
  })

  for (const js of [true, false]) {
    test(`comes to the word that an answer brought up another question of its page, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async (visitor) => {
        const { page } = visitor
        await walkTo(page, has('[name="news"]'), 'the page of news')
        await page.locator('main input[name="news"]').first().check()
        await page.locator('main input[name="news_email"]').fill('resident@example.org')
        await submit(page)
        assert.match(path(page), /\/news$/)
        const word = page.getByRole('region', { name: names.more })
        assert.ok(await word.isVisible(), 'not a word about it')
        assert.ok(await word.evaluate((part) => part === document.activeElement), 'the focus is elsewhere')
        await visitor.inspect('a further question')
        await word.getByRole('link').click()
        await page.keyboard.press('Tab')
        assert.equal(await page.evaluate(() => document.activeElement.name), 'news_from-day')
      })
    })
  }

  test('stays on the button that moves a ranked item, and the new place is announced', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await walkTo(page, async (where) => (await readGroups(where)).some((group) => group.kind === 'ranking'), 'a ranking')
      const { fields } = (await readGroups(page)).find((group) => group.kind === 'ranking')
      const given = () => Promise.all(fields.slice(0, 2).map((field) => page.locator(`[name="${field.name}"]`).inputValue()))
      const ranking = page.locator('.app-ranking').first()
      for (let place = 0; place < 2; place += 1) await ranking.getByRole('button', { name: names.add }).first().click()
      const before = await given()
      assert.ok(before.every(Boolean), 'adding gives no places')
      await ranking.getByRole('button', { name: names.moveDown }).first().focus()
      await page.keyboard.press('Enter')
      assert.deepEqual(await given(), before.toReversed())
      assert.ok(await page.evaluate(() => document.activeElement.matches('main button')), 'the focus was lost')
      const said = await page.locator('main [aria-live], main [role=status], main output').allInnerTexts()
      assert.ok(said.some((text) => text.trim().length > 0), 'nothing was announced')
    })
  })

  test('leaves what remains of a budget announced while shares are typed', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      const isBudget = async (where) => (await readGroups(where)).some((group) => group.kind === 'budget')
      await walkTo(page, isBudget, 'a budget')
      const live = page.locator('main').locator('[aria-live], [role=status], output').first()
      const before = await live.innerText()
      const group = (await readGroups(page)).find((each) => each.kind === 'budget')
      await page.locator(`[id="${group.fields[0].id}"]`).fill('7')
      await page.waitForFunction((text) => [...document.querySelectorAll('main [aria-live], main [role=status], main output')].some((part) => part.innerText && part.innerText !== text), before)
    })
  })

  test('is never on something that a sticky part covers', async () => {
    await theatre.as(320, {}, async ({ page }) => {
      await begin(page)
      await fillPage(page)
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press('Tab')
        const covered = await page.evaluate(() => {
          const field = document.activeElement
          if (!field || field === document.body) return null
          const box = (field.labels?.[0] ?? field).getBoundingClientRect()
          const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y]))
          const seen = points.some(([x, y]) => {
            const top = document.elementFromPoint(x, y)
            return top && (field.contains(top) || top.contains(field) || field.labels?.[0]?.contains(top))
          })
          return seen ? null : field.outerHTML.slice(0, 120)
        })
        assert.equal(covered, null)
      }
    })
  })
})
