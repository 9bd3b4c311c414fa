// How pages are looked at by axe on a resident's whole way, for the test files that differ in their settings.

import assert from 'node:assert/strict'

import { answerPage, begin, fillPage, hasErrors, isQuestionPage, path, send, spoilPage, submit } from './walker.mjs'
import { names, survey } from './words.mjs'

export const about = ([width, { js = true, forcedColors, zoom }]) =>
  [`${width} px`, js ? 'with scripts' : 'without scripts', forcedColors && 'in forced colours', zoom && `at ${zoom * 100} % zoom`].filter(Boolean).join(' ')

/**
 * Inspects each question page at the start, with errors and filled in (with what opens under the choices that `pick`
 * makes), the page of saved answers, check with and without an error, done and the copy to print. `seen` holds what needs
 * no second look.
 */
export async function inspectJourney(visitor, slug, { pick = 'revealing', seen = new Set() } = {}) {
  const { page } = visitor
  const once = async (state) => {
    const what = `${path(page)} ${state}`
    if (!seen.has(what)) await visitor.inspect(state)
    seen.add(what)
  }
  const first = seen.size === 0
  let errors = 0
  await begin(page, slug)
  for (let pages = 0; isQuestionPage(page); pages += 1) {
    assert.ok(pages < 60, `no end at ${path(page)}`)
    const here = path(page)
    if (!seen.has(`${here} start`)) {
      await once('start')
      for (const [state, prepare] of [['errors, left empty', async () => true], ['errors, wrong answers', spoilPage]]) {
        if (!(await prepare(page))) continue
        await submit(page)
        if (path(page) === here && (await hasErrors(page))) {
          errors += 1
          await once(state)
        }
        await page.goto(here)
      }
    }
    await fillPage(page, { pick })
    await once(`filled in, ${pick}`)
    if (first && pages === 1) {
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.saveForLater }).click()])
      await once('saved')
      await page.goto(here)
      await fillPage(page, { pick })
    }
    await answerPage(page, { pick })
  }
  assert.match(path(page), /\/check$/)
  await once('check')
  if (!first) return
  assert.ok(errors > 0, 'no error state was ever seen')
  const email = page.locator('main input[type=email]')
  if (await email.count()) {
    await email.fill('nobody')
    for (const box of await page.locator('main input[type=checkbox]').all()) await box.check()
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.send }).click()])
    await once('check, errors')
    await page.locator('main input[type=email]').fill('resident@example.org')
  }
  await send(page)
  await once('done')
  const copy = page.locator('main a[href$="/copy"]')
  if (await copy.count()) {
    await page.goto(await copy.getAttribute('href'))
    await once('copy')
  }
}

/** Inspects the hub, the overview, the standing pages and pages that are not there. */
export async function inspectAround(visitor) {
  await visitor.page.goto('/')
  await visitor.inspect('start')
  const links = await visitor.page.locator('footer a').evaluateAll((all) => all.map((link) => link.href))
  const ours = [...new Set(links)].filter((link) => link.startsWith(visitor.base))
  for (const url of [survey, ...ours, '/surveys/no-such-survey', `${survey}/respond/no-such-page`]) {
    await visitor.page.goto(url)
    await visitor.inspect('start')
  }
}

/** Inspects the survey of every kind until each page was seen with each way of choosing. */
export async function inspectEveryKind(visitor, slug) {
  const seen = new Set()
  for (const pick of ['revealing', 'first', 'last']) {
    await visitor.context.clearCookies()
    await inspectJourney(visitor, slug, { pick, seen })
  }
}
