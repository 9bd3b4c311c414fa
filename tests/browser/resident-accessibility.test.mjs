// Every page and state of a resident's way, looked at by axe, and never scrolling sideways.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { defaultSurvey, everyKindSurvey } from './server.mjs'
import { answerPage, begin, fillPage, hasErrors, isQuestionPage, path, send, spoilPage, submit } from './walker.mjs'
import { everyKind, survey } from './words.mjs'

const settings = [
  [320, {}],
  [390, {}],
  [1280, {}],
  [320, { js: false }],
  [390, { js: false }],
  [1280, { js: false }],
  [390, { forcedColors: true }],
  [1280, { forcedColors: true }],
  [1280, { zoom: 4 }],
  [1280, { zoom: 4, js: false }],
]

const about = ([width, { js = true, forcedColors, zoom }]) =>
  [`${width} px`, js ? 'with scripts' : 'without scripts', forcedColors && 'in forced colours', zoom && `at ${zoom * 100} % zoom`].filter(Boolean).join(' ')

/** Inspects each question page at the start, with errors, revealed and filled in, then check and done. */
async function inspectJourney(visitor, slug) {
  const { page } = visitor
  await begin(page, slug)
  let errors = 0
  for (let pages = 0; isQuestionPage(page); pages += 1) {
    assert.ok(pages < 60, `no end at ${path(page)}`)
    const here = path(page)
    await visitor.inspect('start')
    for (const [state, prepare] of [['errors, left empty', async () => true], ['errors, wrong answers', spoilPage]]) {
      if (!(await prepare(page))) continue
      await submit(page)
      if (path(page) === here && (await hasErrors(page))) {
        errors += 1
        await visitor.inspect(state)
      }
      await page.goto(here)
    }
    await fillPage(page, { pick: 'revealing' })
    await visitor.inspect('filled in, revealed')
    await answerPage(page, { pick: 'revealing' })
  }
  assert.match(path(page), /\/check$/)
  assert.ok(errors > 0, 'no error state was ever seen')
  await visitor.inspect('check')
  await send(page)
  await visitor.inspect('done')
}

describe('axe finds nothing', () => {
  const theatre = stage({ surveys: [defaultSurvey, everyKindSurvey] })

  for (const setting of settings) {
    test(`on the way through the survey, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], (visitor) => inspectJourney(visitor, survey))
    })

    test(`on the pages around it, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], async (visitor) => {
        await visitor.page.goto('/')
        await visitor.inspect('start')
        const links = await visitor.page.locator('footer a').evaluateAll((all) => all.map((link) => link.href))
        const ours = [...new Set(links)].filter((link) => link.startsWith(visitor.base))
        for (const url of [survey, ...ours, '/surveys/no-such-survey', `${survey}/respond/no-such-page`]) {
          await visitor.page.goto(url)
          await visitor.inspect('start')
        }
      })
    })
  }

  for (const setting of [settings[0], settings[2], settings[4]]) {
    test(`on the way through the survey of every kind, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], (visitor) => inspectJourney(visitor, everyKind))
    })
  }
})
