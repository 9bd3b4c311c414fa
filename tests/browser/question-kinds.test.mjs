// What a screen reader is told about each kind of question, in each state: name, role, value, group, error.
// The snapshots stand in snapshots/; `make snapshots` writes them anew.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { everyKindSurvey } from './server.mjs'
import { holdToSnapshot } from './snapshot.mjs'
import { answerPage, begin, fillPage, hasErrors, isQuestionPage, path, spoilPage, submit } from './walker.mjs'
import { everyKind } from './words.mjs'

const lastPart = (page) => path(page).split('/').at(-1)
const main = (page) => page.locator('main')

async function snapshots(page, suffix) {
  await begin(page, everyKind)
  const seen = []
  for (; isQuestionPage(page); ) {
    const here = path(page)
    const key = lastPart(page)
    assert.ok(!seen.includes(key), `came to ${key} twice`)
    seen.push(key)
    await holdToSnapshot(main(page), `${key}-start${suffix}`)
    for (const [state, prepare] of [['empty', async () => true], ['wrong', spoilPage]]) {
      if (!(await prepare(page))) continue
      await submit(page)
      if (path(page) === here && (await hasErrors(page))) await holdToSnapshot(main(page), `${key}-errors-${state}${suffix}`)
      await page.goto(here)
    }
    await fillPage(page, { pick: 'revealing' })
    await fillPage(page, { pick: 'stable', only: (group) => !group.fields.some((field) => field.opens) })
    await holdToSnapshot(main(page), `${key}-answered${suffix}`)
    await answerPage(page, { pick: 'revealing' })
  }
  return seen
}

describe('the accessibility tree', () => {
  const theatre = stage({ surveys: [everyKindSurvey] })

  test('of each kind of question in each state is as it was, with scripts', async () => {
    await theatre.as(1280, {}, async ({ page }) => {
      const seen = await snapshots(page, '')
      assert.ok(seen.length >= 5, `only ${seen.length} pages`)
    })
  })

  test('of each kind of question in each state is as it was, without scripts', async () => {
    await theatre.as(390, { js: false }, ({ page }) => snapshots(page, '-no-scripts'))
  })
})
