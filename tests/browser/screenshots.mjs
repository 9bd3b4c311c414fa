// Takes the README's pictures of a server with simulated responses: node screenshots.mjs
// Each screen at 390 and 1280 px, into docs/screenshots/.

import { join } from 'node:path'

import { acceptLink, signIn } from './officers.mjs'
import { defaultSurvey, root, startServer } from './server.mjs'
import { openBrowser, visit } from './visitor.mjs'
import { answerPage, begin, fillPage, isQuestionPage, path, readGroups, walkToCheck } from './walker.mjs'
import { names, survey } from './words.mjs'

const folder = join(root, 'docs', 'screenshots')
// A picture shows the top of a page: enough to see, small enough to keep.
const MOST_HEIGHT = 1150
const admin = '/admin/surveys/police-and-crime-plan'

async function toPageWith(page, kinds) {
  await page.context().clearCookies()
  await begin(page)
  while (isQuestionPage(page)) {
    const groups = await readGroups(page)
    if (kinds(groups)) return
    await answerPage(page)
  }
  throw new Error(`no such page before ${path(page)}`)
}

const isGrid = (groups) => new Set(groups.filter((group) => group.kind === 'radios' && group.key.includes('-')).map((group) => group.key.split('-')[0])).size === 1
const isRanking = (groups) => groups.some((group) => group.kind === 'ranking')

const residents = {
  overview: (page) => page.goto(survey),
  'question-grid': async (page) => {
    await toPageWith(page, isGrid)
    await fillPage(page, { pick: 'first' })
  },
  ranking: async (page) => {
    await toPageWith(page, isRanking)
    // Lines, as people with scripts see them; adding by button leaves them so.
    for (let place = 0; place < 3; place += 1) await page.locator('.app-ranking').getByRole('button', { name: names.add }).nth(1).click()
    await page.locator('.app-ranking').getByRole('button', { name: names.moveUp }).nth(1).click()
  },
  'check-answers': async (page) => {
    await page.context().clearCookies()
    await begin(page)
    await walkToCheck(page, { pick: 'revealing' })
  },
}

const officers = {
  'survey-home': (page) => page.goto(admin),
  'themes-by-area': (page) => page.goto(`${admin}/themes`),
}

const server = await startServer({ surveys: [defaultSurvey], simulate: 5000, openFor: 14 })
const browser = await openBrowser()
let failed = 0
try {
  for (const width of [1280, 390]) {
    const take = async (visitor, screens) => {
      for (const [name, open] of Object.entries(screens)) {
        try {
          await open(visitor.page)
          // The focus of the last field would stand out in a picture.
          await visitor.page.evaluate(() => {
            document.activeElement?.blur()
            scrollTo(0, 0)
          })
          await visitor.shot(`${name}-${width}`, folder, visitor.page, MOST_HEIGHT)
          console.log(`docs/screenshots/${name}-${width}.png`)
        } catch (error) {
          failed += 1
          console.error(`${name} at ${width} px: ${error.message.split('\n')[0]}`)
        }
      }
    }
    const resident = await visit(browser, server.base, width)
    await take(resident, residents)
    await resident.context.close()
    const officer = await visit(browser, server.base, width)
    // The link works once; after that it is email and password.
    if (width === 1280) await acceptLink(officer.page, server.administratorLink())
    await signIn(officer.page)
    await take(officer, officers)
    await officer.context.close()
  }
} finally {
  await browser.close()
  await server.stop()
}
process.exit(failed ? 1 : 0)
