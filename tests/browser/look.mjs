import { startServer, defaultSurvey, everyKindSurvey } from './server.mjs'
import { openBrowser, visit } from './visitor.mjs'
import { answerPage, begin, fillPage, isQuestionPage, path, send, spoilPage, submit } from './walker.mjs'
import { everyKind, names, survey } from './words.mjs'
const out = process.env.OUT ?? '/tmp/shots'
const widths = (process.env.W ?? '390,1280').split(',').map(Number)
const slugs = (process.env.S ?? 'police-and-crime-plan,every-kind').split(',').map((s) => `/surveys/${s}`)
const server = await startServer({ surveys: [defaultSurvey, everyKindSurvey] })
const browser = await openBrowser()
try {
  for (const w of widths) for (const slug of slugs) {
    const v = await visit(browser, server.base, w)
    const { page } = v
    const tag = slug === survey ? 'p' : 'e'
    let n = 0
    const shot = (name) => v.shot(`${tag}${w}-${String(n++).padStart(2, '0')}-${name}`, out)
    if (slug === survey) { await page.goto('/'); await shot('hub'); 
      for (const u of ['/privacy','/cookies','/accessibility','/contact', '/nope']) { await page.goto(u); await shot(u.slice(1)) } }
    await page.goto(slug); await shot('overview')
    await begin(page, slug)
    for (let k = 0; isQuestionPage(page); k++) {
      const here = path(page); const key = here.split('/').at(-1)
      await shot(`${key}-start`)
      if (await spoilPage(page) || true) { await submit(page); if (path(page) === here) { await shot(`${key}-errors`) } ; await page.goto(here) }
      await fillPage(page, { pick: 'revealing' })
      await page.evaluate(() => document.activeElement?.blur())
      await shot(`${key}-filled`)
      await answerPage(page, { pick: 'revealing' })
      if (k === 2) { const here = path(page); await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.saveForLater }).click()]); await shot('saved'); await page.goto(here) }
    }
    await shot('check')
    await send(page); await shot('done')
    const copy = page.locator('main a[href$="/copy"]')
    if (await copy.count()) { await page.goto(await copy.getAttribute('href')); await shot('copy') }
    await v.context.close()
  }
} finally { await browser.close(); await server.stop() }
