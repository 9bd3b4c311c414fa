// How an officer gets in: the first time by the one-time link, later by email, password and a code. A session that is
// open on a server is used again, because a code works once and the next comes half a minute later.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'

import { path } from './walker.mjs'

export const officer = { name: 'Alex Officer', email: 'officer@example.org', password: 'seven-quiet-otters-cross-the-river' }

/** The button of a page's own form. */
export const formButton = (page) => page.locator('main form button').last()

const passwords = (page) => page.locator('main input[type=password]').count()

const SET_UP = '/admin/account/second-factor'
const CODE = '/admin/sign-in/code'
const CONFIRM = '/admin/confirm'

/** What is known of each server: the key of the officer's app, the last code's step, the cookies of an open session. */
const known = new Map()
const of = (page) => {
  const { origin } = new URL(page.url())
  if (!known.has(origin)) known.set(origin, { key: null, step: 0, cookies: [] })
  return known.get(origin)
}

/** The code of a step of 30 seconds (RFC 6238, RFC 4226), for a key in base 32. */
export function codeAt(key, step) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key.replace(/\s/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** A code that the server has not seen, from half a minute ago on; waits if all were used. */
async function nextCode(server) {
  for (;;) {
    const now = Math.floor(Date.now() / 30_000)
    const late = Date.now() % 30_000 > 25_000
    const step = Math.max(late ? now : now - 1, server.step + 1)
    if (step <= now + 1) {
      server.step = step
      return codeAt(server.key, step)
    }
    await new Promise((soon) => setTimeout(soon, 500))
  }
}

/** Gives a code on whatever page asks for one. */
export async function giveCode(page) {
  await page.locator('#code').fill(await nextCode(of(page)))
  await Promise.all([page.waitForNavigation(), formButton(page).click()])
}

/** Goes through the pages of codes that come after a password: setting an app up, or a code of it. */
async function giveCodes(page) {
  const server = of(page)
  if (path(page) === SET_UP) {
    server.key = await page.locator('#key').innerText()
    await giveCode(page)
    await page.goto('/admin')
  } else if (path(page) === CODE) await giveCode(page)
  server.cookies = (await page.context().cookies()).filter(({ name }) => name === 'hys_officer')
}

/** Proves again who the officer is, as files of answers and roles ask for. */
export async function confirm(page) {
  await page.goto(CONFIRM)
  await giveCode(page)
}

/** Fills in whatever of name, email and passwords a form asks for, and sends it. */
export async function fillCredentials(page) {
  for (const field of await page.locator('main input:visible').all()) {
    const [type, name] = [await field.getAttribute('type'), (await field.getAttribute('name')) ?? '']
    if (type === 'password') await field.fill(officer.password)
    else if (type === 'email' || /email/.test(name)) await field.fill(officer.email)
    else if (type === 'text' || type === null) await field.fill(officer.name)
  }
  await Promise.all([page.waitForNavigation(), formButton(page).click()])
  await giveCodes(page)
}

/** Makes the account that a one-time link is for. */
export async function acceptLink(page, link) {
  await page.goto(link)
  if (await passwords(page)) await fillCredentials(page)
}

/** Signs in, if that isn't done. */
export async function signIn(page) {
  await page.goto('/admin')
  if (await passwords(page) && of(page).cookies.length) {
    await page.context().addCookies(of(page).cookies)
    await page.goto('/admin')
  }
  if (await passwords(page)) await fillCredentials(page)
  assert.match(path(page), /^\/admin/)
  assert.equal(await passwords(page), 0, 'not signed in')
}
