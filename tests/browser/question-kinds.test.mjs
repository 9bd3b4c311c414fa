// What a screen reader is told about each kind of question, in each state: name, role, value, group, error.
// The snapshots stand in snapshots/; `make snapshots` writes them anew.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { everyKindSurvey } from './server.mjs'
import { holdToSnapshot } from './snapshot.mjs'
import { answerPage, begin, fillPage, hasErrors, isQuestionPage, path, spoilPage, submit } from './walker.mjs'
import { everyKind } from './words.mjs'

// The same choices in whatever order they are shown: plain ones, and those that open something.
const picks = ['stable', 'stable-revealing']

const lastPart = (page) => path(page).split('/').at(-1)
const main = (page) => page.locator('main')

/** Walks with one way of choosing; `known` holds the pages whose first states were already held. */
async function snapshots(page, pick, suffix, known = new Set()) {
  await begin(page, everyKind)
  const seen = []
  for (; isQuestionPage(page); ) {
    const here = path(page)
    const key = lastPart(page)
    assert.ok(!seen.includes(key), `came to ${key} twice`)
    seen.push(key)
    if (!known.has(key)) {
      known.add(key)
      await holdToSnapshot(main(page), `${key}-start${suffix}`)
      for (const [state, prepare] of [['empty', async () => true], ['wrong', spoilPage]]) {
        if (!(await prepare(page))) continue
        await submit(page)
        if (path(page) === here && (await hasErrors(page))) await holdToSnapshot(main(page), `${key}-errors-${state}${suffix}`)
        await page.goto(here)
      }
    }
    await fillPage(page, { pick })
    await holdToSnapshot(main(page), `${key}-answered-${pick}${suffix}`)
    await answerPage(page, { pick })
  }
  return seen
}

describe('the accessibility tree', () => {
  const theatre = stage({ surveys: [everyKindSurvey] })

  test('of each kind of question in each state is as it was, with scripts', async () => {
    await theatre.as(1280, {}, async ({ page, context }) => {
      const known = new Set()
      for (const pick of picks) {
        await context.clearCookies()
        await snapshots(page, pick, '', known)
      }
      assert.ok(known.size >= 10, `only ${known.size} pages`)
    })
  })

  test('of each kind of question in each state is as it was, without scripts', async () => {
    await theatre.as(390, { js: false }, ({ page }) => snapshots(page, 'stable', '-no-scripts'))
  })
})
