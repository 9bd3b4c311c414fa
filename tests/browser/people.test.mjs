// The door of the office and its people: codes, accounts, invitations, forgotten passwords.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { stage } from './harness.mjs'
import { codeAt, confirm, fillCredentials, formButton, officer, signIn } from './officers.mjs'
import { names } from './words.mjs'
import { path } from './walker.mjs'

const press = (page, button = formButton(page)) => Promise.all([page.waitForNavigation(), button.click()])

describe('the people of the office', () => {
  const theatre = stage()

  test('a code is that of the standard', () => {
    // RFC 6238, appendix B, with the key "12345678901234567890".
    assert.equal(codeAt('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', Math.floor(1111111109 / 30)), '081804')
  })

  before(async () => {
    await theatre.as(390, { js: false }, async (visitor) => {
      const { page } = visitor
      await page.goto(theatre.server.administratorLink())
      for (const field of ['name', 'email', 'password']) await page.locator(`#${field}`).fill(officer[field])
      await press(page)
      assert.equal(path(page), '/admin/account/second-factor')
      await visitor.inspect('set up')
      await page.locator('#code').fill('000000')
      await press(page)
      await visitor.inspect('a wrong code')
      assert.ok(await page.getByRole('alert').innerText())
    })
    await theatre.as(1280, {}, async (visitor) => {
      await visitor.page.goto('/admin')
      await fillCredentials(visitor.page)
      await signIn(visitor.page)
    })
  })

  for (const [width, settings] of [[1280, {}], [390, {}], [320, { js: false }], [1280, { forcedColors: true }], [1280, { zoom: 4 }]]) {
    test(`have pages that axe has nothing against, ${JSON.stringify({ width, ...settings })}`, async () => {
      await theatre.as(width, settings, async (visitor) => {
        const { page } = visitor
        for (const url of ['/admin/sign-in', '/admin/forgot', '/admin/reset/AAAA']) {
          await page.goto(url)
          await visitor.inspect('start')
        }
        await page.goto('/admin/forgot')
        await press(page)
        await visitor.inspect('no address')
        await page.locator('#email').fill(`nobody-${width}-${settings.zoom ?? 1}@example.org`)
        await press(page)
        await visitor.inspect('sent')
        await signIn(page)
        for (const url of ['/admin/account', '/admin/account/second-factor', '/admin/people', '/admin/confirm']) {
          await page.goto(url)
          assert.equal(path(page), url)
          await visitor.inspect('start')
        }
        await page.locator('#code').fill('000000')
        await press(page)
        await visitor.inspect('a wrong code')
        await page.goto('/admin/people')
        await press(page, page.getByRole('link', { name: officer.name }))
        await visitor.inspect('a person')
        await page.goto('/admin/account')
        await press(page, page.getByRole('button', { name: 'Change password' }))
        await visitor.inspect('nothing filled in')
      })
    })
  }

  for (const js of [true, false]) {
    test(`come by an invitation whose link is shown once, with scripts ${js ? 'on' : 'off'}`, async () => {
      const email = `sam-${js}@example.org`
      let link
      await theatre.as(390, { js }, async (visitor) => {
        const { page } = visitor
        await signIn(page)
        await confirm(page)
        await page.goto('/admin/people/invite')
        await press(page)
        await visitor.inspect('nothing filled in')
        assert.match(await page.getByRole('alert').innerText(), names.errorSummary)
        await page.locator('#email').fill(email)
        await page.locator('#name').fill('Sam Okoro')
        await page.getByLabel('Communications').check()
        await press(page)
        await visitor.inspect('invited')
        link = (await page.locator('#link').innerText()).trim()
        await page.goto('/admin/people')
        await visitor.inspect('with an invitation')
        assert.ok((await page.locator('main').innerText()).includes(email))
      })
      await theatre.as(390, { js }, async (visitor) => {
        const { page } = visitor
        await page.goto(link)
        assert.equal(await page.locator('#name').inputValue(), 'Sam Okoro')
        await page.locator('#password').fill('sam-okoro-2026')
        await press(page)
        await visitor.inspect('an easy password')
        await page.locator('#password').fill('kettle-orbit-moss-lantern')
        await press(page)
        assert.equal(path(page), '/admin')
        assert.equal(await page.getByRole('link', { name: 'People' }).count(), 0)
      })
    })
  }
})
