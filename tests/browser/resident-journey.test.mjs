// A resident answers the whole survey in a real browser.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { defaultSurvey, everyKindSurvey } from './server.mjs'
import { begin, continueButton, fillPage, hasErrors, path, send, submit, walkToCheck } from './walker.mjs'
import { everyKind, names, reference, survey } from './words.mjs'

describe('a resident answers the survey', () => {
  const theatre = stage({ surveys: [defaultSurvey, everyKindSurvey] })

  for (const [title, slug] of [['the Police and Crime Plan survey', survey], ['the survey of every kind', everyKind]]) {
    for (const js of [true, false]) {
      test(`completes ${title} with scripts ${js ? 'on' : 'off'} and gets a reference`, async () => {
        await theatre.as(390, { js }, async ({ page }) => {
          await begin(page, slug)
          const seen = await walkToCheck(page, { pick: 'revealing' })
          assert.ok(seen.length >= 5, `only ${seen.length} pages`)
          assert.match(await send(page), reference)
        })
      })
    }

    test(`completes ${title} with the last choice everywhere`, async () => {
      await theatre.as(1280, {}, async ({ page }) => {
        await begin(page, slug)
        await walkToCheck(page, { pick: 'last' })
        assert.match(await send(page), reference)
      })
    })

    test(`completes ${title} preferring not to say wherever that is offered`, async () => {
      await theatre.as(390, { js: false }, async ({ page }) => {
        await begin(page, slug)
        await walkToCheck(page, { pick: 'declined' })
        assert.match(await send(page), reference)
      })
    })
  }

  test('finds the overview from the hub', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await page.goto('/')
      await page.locator(`main a[href$="${survey}"]`).first().click()
      await page.waitForURL(`**${survey}`)
      assert.ok(await page.getByRole('button', { name: names.start }).first().isVisible())
    })
  })

  test('changes an answer from "check your answers" and comes back there', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      await walkToCheck(page)
      const change = page.getByRole('link', { name: names.change }).last()
      assert.ok(await change.count(), 'no Change link')
      await Promise.all([page.waitForNavigation(), change.click()])
      await fillPage(page, { pick: 'last' })
      await submit(page)
      assert.match(path(page), /\/respond\/check$/)
    })
  })

  test('answers only what is needed', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      for (let turns = 0; !path(page).endsWith('/check'); turns += 1) {
        assert.ok(turns < 60, `stuck at ${path(page)}`)
        await submit(page)
        if (!(await hasErrors(page))) continue
        const wanted = await page.getByRole('alert').getByRole('link').evaluateAll((links) => links.map((link) => link.hash.slice(1)))
        await fillPage(page, { only: (group) => group.fields.some((field) => wanted.includes(field.id)) || wanted.some((id) => id.startsWith(group.key)) })
      }
      assert.match(await send(page), reference)
    })
  })

  test('is taken back to the first page that still needs an answer when jumping ahead', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      const first = path(page)
      await page.goto(`${survey}/respond/check`)
      assert.equal(path(page), first)
    })
  })

  test('keeps what was typed when a page has an error', async () => {
    await theatre.as(390, { js: false }, async ({ page }) => {
      await begin(page, everyKind)
      const seen = new Set()
      for (let found = false; !found; ) {
        assert.ok(!path(page).endsWith('/check'), 'no page with a text and an error')
        const words = page.locator('main textarea:visible').first()
        const email = page.locator('main input[type=email]:visible').first()
        const bad = (await email.count()) ? email : page.locator('main input[inputmode=numeric]:visible').first()
        if (await bad.count()) {
          await bad.fill('forty two')
          if (await words.count()) await words.fill('Keep these words')
          await submit(page)
          assert.ok(await hasErrors(page), path(page))
          assert.equal(await bad.inputValue(), 'forty two')
          if (await words.count()) assert.equal(await words.inputValue(), 'Keep these words')
          found = true
        } else {
          assert.ok(!seen.has(path(page)))
          seen.add(path(page))
          await fillPage(page)
          await continueButton(page).click()
          await page.waitForLoadState()
        }
      }
    })
  })
})
