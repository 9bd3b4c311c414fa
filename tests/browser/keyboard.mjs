// A person who has only a keyboard: Tab, Shift+Tab, Space, Enter, arrows and letters. Nothing here points or clicks.

import assert from 'node:assert/strict'

import { names } from './words.mjs'

const MOST_TABS = 250

const focused = (page) =>
  page.evaluate(() => {
    const field = document.activeElement
    return { id: field?.id ?? '', name: field?.name ?? '', value: field?.value ?? '', type: field?.type ?? '', tag: field?.tagName ?? '',
      checked: Boolean(field?.checked), item: field?.closest('.app-ranking__rest') ? (field.dataset.value ?? '') : '', text: (field?.textContent ?? '').trim() }
  })

/** Whether the focused element shows it: an outline or a shadow, on itself, on its drawn label or on the frame around it. */
export const focusIsSeen = (page) =>
  page.evaluate(() => {
    const field = document.activeElement
    const shows = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
    const label = field.labels?.[0]
    const frame = field.parentElement?.matches('.app-budget__field') && getComputedStyle(field.parentElement)
    return [frame, getComputedStyle(field), label && getComputedStyle(label), label && getComputedStyle(label, '::before'), getComputedStyle(field, '::before')]
      .some((style) => style && shows(style))
  })

/** Tabs until `wanted` says yes; fails after a whole turn. Every stop on the way must be seen. */
export async function tabTo(page, wanted, what) {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const now = await focused(page)
    if (wanted(now)) return now
    await page.keyboard.press('Tab')
    const { tag, id, text } = await focused(page)
    if (tag !== 'BODY' && tag !== 'HTML') assert.ok(await focusIsSeen(page), `focus can't be seen on ${tag} ${id} "${text.slice(0, 40)}"`)
  }
  throw new Error(`Tab never comes to ${what}`)
}

/** Carries out a plan of `walker.mjs` by keyboard. */
export async function byKeyboard(page, steps) {
  for (const { field, choose, select, type } of steps) {
    if (choose && field.type === 'radio') await chooseRadio(page, field)
    else if (choose) {
      const now = await tabTo(page, ({ id }) => id === field.id, field.id)
      if (!now.checked) await page.keyboard.press('Space')
    } else if (select !== undefined && field.hidden) await addToRanking(page, select)
    else if (select !== undefined) await chooseOption(page, field, select)
    else {
      await tabTo(page, ({ id }) => id === field.id, field.id)
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type(type)
    }
  }
}

async function chooseRadio(page, field) {
  // Tab stops at the chosen radio of a group, or else at its first or last; arrows do the rest.
  let now = await tabTo(page, ({ name, type }) => name === field.name && type === 'radio', field.name)
  const already = now.id === field.id
  for (let presses = 0; now.id !== field.id; presses += 1) {
    if (presses > 60) throw new Error(`arrows never come to ${field.id}`)
    await page.keyboard.press('ArrowDown')
    now = await focused(page)
  }
  if (already && !now.checked) await page.keyboard.press('Space')
}

// A ranking drawn as lines: each item has a button that gives it the next place.
async function addToRanking(page, value) {
  if (!value) return
  await tabTo(page, ({ item }) => item === value, `Add ${value}`)
  await page.keyboard.press('Enter')
}

async function chooseOption(page, field, value) {
  await tabTo(page, ({ id }) => id === field.id, field.id)
  await page.keyboard.press('Home')
  for (let presses = 0; (await focused(page)).value !== value; presses += 1) {
    if (presses > field.options.length + 1) throw new Error(`arrows never come to ${value} in ${field.id}`)
    await page.keyboard.press('ArrowDown')
  }
}

/** Tabs to a button or link by its words and presses Enter, then waits for the page that follows. */
export async function pressNamed(page, words) {
  await tabTo(page, ({ tag, text }) => ['BUTTON', 'A', 'INPUT'].includes(tag) && words.test(text), `"${words}"`)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}
