// An officer writes a survey in the browser, tries it and publishes it; a resident answers it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { fillCredentials, signIn } from './officers.mjs'
import { defaultSurvey } from './server.mjs'

const plan = '/admin/surveys/police-and-crime-plan/edit'

const press = async (page, button) => Promise.all([page.waitForNavigation(), button.click()])
const save = (page) => press(page, page.locator('.app-edit__save button'))

async function addQuestion(page, edit, on, words, kind) {
  await page.goto(edit)
  await page.locator(`[name="new.page.${on}"]`).fill(words)
  await page.locator(`[name="kind.${on}"]`).selectOption(kind)
  await press(page, page.locator(`button[value="add-question ${on}"]`))
  assert.match(page.url(), /edit\/question\?key=/)
}

async function addLines(page, list, lines) {
  await page.locator(`[name="${list}.new"]`).fill(lines.join('\n'))
  await press(page, page.locator(`button[value="${list}.add"]`))
}

describe('an officer who writes a survey', () => {
  const theatre = stage({ surveys: [defaultSurvey] })

  before(async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await page.goto(theatre.server.administratorLink())
      await fillCredentials(page)
      await signIn(page)
      await page.goto(plan)
      await press(page, page.locator('main form button'))
    })
  })

  for (const js of [true, false]) {
    test(`makes, routes, tries and publishes it, and a resident answers, ${js ? 'with' : 'without'} scripts`, async () => {
      const name = js ? 'Night buses' : 'Day buses'
      const slug = name.toLowerCase().replace(' ', '-')
      const edit = `/admin/surveys/${slug}/edit`
      await theatre.as(1280, { js }, async (visitor) => {
        const { page } = visitor
        await signIn(page)
        await page.goto('/admin/new-survey')
        await page.locator('[name=title]').fill(name)
        await press(page, page.locator('main form button'))
        await page.locator('[name="new.section.section-1"]').fill('Journeys')
        await press(page, page.locator('button[value="add-page section-1"]'))
        await addQuestion(page, edit, 'journeys', 'Surely you take the bus?', 'single')
        await addLines(page, 'choices', ['Yes', 'No'])
        assert.match(await page.locator('.app-lint').first().innerText(), /surely.*leads people/i)
        // The key was made from the first words, and stays.
        await page.locator('[name="label.en"]').fill('Do you take the bus?')
        await save(page)
        assert.equal(await page.locator('.app-lint').count(), 0)
        await addQuestion(page, edit, 'journeys', 'What matters most?', 'ranking')
        await addLines(page, 'items', ['Price', 'Times', 'Safety'])
        await addQuestion(page, edit, 'journeys', 'Why not?', 'long_text')
        await page.locator('[name="when.new"]').selectOption('surely_you_take_the_bus')
        await press(page, page.locator('button[value="when.add"]'))
        await page.locator('[name="when.0.0.op"]').selectOption('is')
        await page.locator('[name="when.0.0.codes"][value=no]').check({ force: true })
        await save(page)
        assert.match(await page.locator('#show_when').innerText(), /is No/)
        if (js) {
          await visitor.inspect('editor-question')
          await page.frameLocator('.app-preview__frame').getByText('Do you take the bus?').first().waitFor()
        }

        await page.goto(`${edit}/trial`)
        await page.locator('[name=surely_you_take_the_bus][value=no]').check({ force: true })
        await press(page, page.locator('main form button[value=continue]'))
        assert.match(await page.locator('main').innerText(), /End of the trial run/)

        await page.goto(`${edit}/front`)
        const day = (days) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00`
        await page.locator('[name=opens]').fill(day(-1))
        await page.locator('[name=closes]').fill(day(30))
        await save(page)
        await page.goto(`${edit}/publish`)
        await press(page, page.locator('main form button'))
        assert.match(await page.locator('main').innerText(), /Version 1 is in force/)
      })
      await theatre.as(390, { js }, async ({ page }) => {
        await page.goto(`/surveys/${slug}`)
        await press(page, page.locator('form[action$=start] button').first())
        await page.locator('[name=surely_you_take_the_bus][value=yes]').check({ force: true })
        await press(page, page.locator('main form button[value=continue]'))
        assert.match(page.url(), /respond\/check$/)
      })
    })
  }

  for (const width of [1280, 390]) {
    test(`sees pages that axe has nothing against and that never push sideways, at ${width} px`, async () => {
      await theatre.as(width, {}, async (visitor) => {
        const { page } = visitor
        await signIn(page)
        for (const path of ['', '/front', '/themes', '/page', '/question', '/question?key=priorities', '/versions', '/publish']) {
          assert.equal((await page.goto(plan + path)).status(), 200, path)
          await visitor.inspect(`editor${path}`)
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          assert.ok(wide <= 0, `${path} is ${wide} px too wide`)
        }
      })
    })
  }

  test('moves a question by keyboard and stays at the button', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(plan)
      const lines = () => page.locator('[data-question]').evaluateAll((all) => all.map((line) => line.dataset.question))
      const [first, second] = await lines()
      const down = page.locator(`button[value="move-down question ${first}"]`)
      await down.focus()
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
      assert.deepEqual((await lines()).slice(0, 2), [second, first])
      await page.waitForFunction((value) => document.activeElement.value === value, `move-down question ${first}`)
      await press(page, page.locator(`button[value="move-up question ${first}"]`))
    })
  })

  test('drags a question to another place', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      await signIn(page)
      await page.goto(plan)
      const lines = () => page.locator('[data-question]').evaluateAll((all) => all.map((line) => line.dataset.question))
      const [first, second] = await lines()
      const line = (key) => page.locator(`[data-question="${key}"]`)
      await Promise.all([page.waitForNavigation(), line(second).dragTo(line(first))])
      assert.deepEqual((await lines()).slice(0, 2), [second, first])
    })
  })
})
