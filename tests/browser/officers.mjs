// How an officer gets in: the first time by the one-time link, later by email and password.

import assert from 'node:assert/strict'

import { path } from './walker.mjs'

export const officer = { name: 'Alex Officer', email: 'officer@example.org', password: 'seven-quiet-otters-cross-the-river' }

/** The button of a page's own form. */
export const formButton = (page) => page.locator('main form button').last()

const passwords = (page) => page.locator('main input[type=password]').count()

/** Fills in whatever of name, email and passwords a form asks for, and sends it. */
export async function fillCredentials(page) {
  for (const field of await page.locator('main input:visible').all()) {
    const [type, name] = [await field.getAttribute('type'), (await field.getAttribute('name')) ?? '']
    if (type === 'password') await field.fill(officer.password)
    else if (type === 'email' || /email/.test(name)) await field.fill(officer.email)
    else if (type === 'text' || type === null) await field.fill(officer.name)
  }
  await Promise.all([page.waitForNavigation(), formButton(page).click()])
}

/** Makes the account that a one-time link is for. */
export async function acceptLink(page, link) {
  await page.goto(link)
  if (await passwords(page)) await fillCredentials(page)
}

/** Signs in, if that isn't done. */
export async function signIn(page) {
  await page.goto('/admin')
  if (await passwords(page)) await fillCredentials(page)
  assert.match(path(page), /^\/admin/)
  assert.equal(await passwords(page), 0, 'not signed in')
}
