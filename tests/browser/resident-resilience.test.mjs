// Back, refresh, double click, two tabs, a lost connection: nothing is lost, nothing is doubled.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { act, answerPage, begin, continueButton, fillPage, hasErrors, isQuestionPage, path, plan, readGroups, send, submit, walkToCheck } from './walker.mjs'
import { names, reference, survey } from './words.mjs'

/** What stands in a page's fields: name → values. */
async function filledIn(page) {
  const groups = await readGroups(page)
  const fields = groups.flatMap((group) => group.fields)
  const values = await Promise.all(fields.map(async (field) =>
    ['radio', 'checkbox'].includes(field.type) ? (field.checked ? field.value : '') : page.locator(`[id="${field.id}"]`).inputValue()))
  return fields.map((field, index) => `${field.name}=${values[index]}`).filter((pair) => !pair.endsWith('=')).sort()
}

/** Answers the first pages until one is not about a postcode, and says where that is. */
async function toAnOrdinaryPage(page) {
  await begin(page)
  while ((await readGroups(page)).some((group) => group.kind === 'postcode')) await answerPage(page)
  return path(page)
}

describe('nothing is lost or doubled', () => {
  const theatre = stage()

  for (const js of [true, false]) {
    test(`by the back button, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async ({ page }) => {
        const first = await toAnOrdinaryPage(page)
        await fillPage(page)
        const given = await filledIn(page)
        await submit(page)
        const second = path(page)
        await answerPage(page)
        await page.goBack()
        await page.goBack()
        assert.equal(path(page), first)
        await page.reload()
        assert.deepEqual(await filledIn(page), given)
        await submit(page)
        assert.equal(path(page), second)
      })
    })

    test(`by refreshing each page, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async ({ page }) => {
        await begin(page)
        await walkToCheck(page, {
          onPage: async (here) => {
            await page.reload()
            assert.equal(path(page), here)
          },
        })
        const before = await page.locator('main').innerText()
        await page.reload()
        assert.equal(await page.locator('main').innerText(), before)
      })
    })
  }

  test('by our own Back link', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      const first = await toAnOrdinaryPage(page)
      await fillPage(page)
      const given = await filledIn(page)
      await submit(page)
      await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: names.back }).click()])
      assert.equal(path(page), first)
      assert.deepEqual(await filledIn(page), given)
    })
  })

  test('by a double click on Continue', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      const first = await toAnOrdinaryPage(page)
      await fillPage(page)
      const given = await filledIn(page)
      await continueButton(page).dblclick()
      await page.waitForURL((url) => url.pathname !== first)
      await page.waitForLoadState('networkidle')
      assert.ok(!(await hasErrors(page)))
      await page.goto(first)
      assert.deepEqual(await filledIn(page), given)
    })
  })

  test('by a double click on the button that sends the answers', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      await walkToCheck(page)
      await page.getByRole('button', { name: names.send }).dblclick()
      await page.waitForURL(/\/respond\/done/)
      await page.waitForLoadState('networkidle')
      assert.match(await page.locator('main').innerText(), reference)
    })
  })

  test('by refreshing the last page', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      await walkToCheck(page)
      const number = reference.exec(await send(page))[0]
      await page.reload()
      assert.equal(reference.exec(await page.locator('main').innerText())?.[0], number)
    })
  })

  test('by two tabs: the later save wins on its page and touches nothing else', async () => {
    await theatre.as(390, {}, async (visitor) => {
      const { page } = visitor
      const first = await toAnOrdinaryPage(page)
      await fillPage(page)
      await submit(page)
      const second = path(page)
      const other = await visitor.secondTab()
      await other.goto(first)
      await fillPage(page)
      const onSecond = await filledIn(page)
      await submit(page)
      await fillPage(other, { pick: 'last' })
      const later = await filledIn(other)
      await submit(other)
      await page.goto(first)
      assert.deepEqual(await filledIn(page), later)
      await page.goto(second)
      assert.deepEqual(await filledIn(page), onSecond)
    })
  })

  test('by a connection that is lost on Continue', async () => {
    const server = theatre.base
    await theatre.as(390, {}, async (visitor) => {
      const { page, context } = visitor
      const first = await toAnOrdinaryPage(page)
      await fillPage(page)
      const given = await filledIn(page)
      await context.setOffline(true)
      await continueButton(page).click({ noWaitAfter: true })
      await page.waitForTimeout(500)
      await context.setOffline(false)
      await page.goto(`${server}${first}`)
      await fillPage(page)
      assert.deepEqual(await filledIn(page), given)
      await submit(page)
      assert.notEqual(path(page), first)
      visitor.problems = visitor.problems.filter((problem) => !problem.includes('ERR_INTERNET_DISCONNECTED'))
    })
  })

  test('by Save and come back later, also when the page is not finished', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      const here = await toAnOrdinaryPage(page)
      const [group] = await readGroups(page)
      await act(page, plan(group))
      const given = await filledIn(page)
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.saveForLater }).click()])
      assert.notEqual(path(page), here)
      await page.goto(here)
      assert.deepEqual(await filledIn(page), given)
    })
  })

  test('but Remove from this device ends the way back', async () => {
    await theatre.as(390, { js: false }, async ({ page }) => {
      const here = await toAnOrdinaryPage(page)
      await fillPage(page)
      const given = await filledIn(page)
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.saveForLater }).click()])
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: names.removeFromDevice }).click()])
      await page.goto(here)
      assert.ok(path(page) !== here || String(await filledIn(page)) !== String(given), 'the answers can still be opened')
    })
  })

  for (const js of [true, false]) {
    test(`but Exit this page leaves nothing on the device, with scripts ${js ? 'on' : 'off'}`, async () => {
      await theatre.as(390, { js }, async (visitor) => {
        const { page, context, base } = visitor
        const exit = page.getByRole('button', { name: names.exit }).or(page.getByRole('link', { name: names.exit })).first()
        await begin(page)
        while (isQuestionPage(page) && !(await exit.isVisible())) await answerPage(page)
        const here = path(page)
        assert.ok(isQuestionPage(page), 'no page offers to be left quickly')
        await fillPage(page)
        const given = await filledIn(page)
        visitor.mayLeave = true
        await context.route((url) => !url.href.startsWith(base), (route) => route.fulfill({ body: 'elsewhere' }))
        await exit.click()
        await page.waitForURL((url) => !url.href.startsWith(base))
        await page.goto(`${base}${here}`)
        assert.ok(path(page) !== here || String(await filledIn(page)) !== String(given), 'the answers can still be opened')
      })
    })
  }
})

describe('a resident is told no more and asked no more than is needed', () => {
  const theatre = stage()

  test('with at most two cookies, HttpOnly and SameSite=Lax', async () => {
    await theatre.as(390, {}, async ({ page, context }) => {
      await begin(page)
      await answerPage(page)
      const cookies = await context.cookies()
      assert.ok(cookies.length >= 1 && cookies.length <= 2, JSON.stringify(cookies.map((cookie) => cookie.name)))
      for (const cookie of cookies) {
        assert.equal(cookie.httpOnly, true, cookie.name)
        assert.equal(cookie.sameSite, 'Lax', cookie.name)
      }
    })
  })

  test('with no cookie before the start', async () => {
    await theatre.as(390, {}, async ({ page, context }) => {
      await page.goto('/')
      await page.goto(survey)
      assert.ok((await context.cookies()).length <= 1, 'more than the form token')
    })
  })

  test('with a first page under 40 kB in at most 4 requests', async () => {
    await theatre.as(390, {}, async ({ page, context }) => {
      const client = await context.newCDPSession(page)
      let bytes = 0
      let requests = 0
      await client.send('Network.enable')
      client.on('Network.requestWillBeSent', ({ request }) => request.url.startsWith('http') && (requests += 1))
      client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
      await page.goto(survey, { waitUntil: 'networkidle' })
      assert.ok(requests <= 4, `${requests} requests`)
      assert.ok(bytes < 40_000, `${bytes} bytes`)
    })
  })

  test('with the headers that keep others out', async () => {
    const answer = await fetch(`${theatre.base}${survey}`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.doesNotMatch(policy, /unsafe-/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(answer.headers.get('referrer-policy'), 'same-origin')
  })

  test('and its question pages are never stored by the browser', async () => {
    await theatre.as(390, {}, async ({ page }) => {
      await begin(page)
      const answer = await page.reload()
      assert.match(answer.headers()['cache-control'] ?? '', /no-store/)
    })
  })
})
