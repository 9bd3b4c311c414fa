// Fills in any page of any survey from what stands in the page itself, by the form's field names:
// a group is one question's inputs, or one row of a grid.

import { names, survey } from './words.mjs'

const REMARK = 'More officers on foot in the evening, please.'
const POSTCODE = 'CM1 1AA'
const DAYS = [['15', '6', '1990'], ['15', '6', '2026'], ['1', '11', '2026'], ['15', '6', '2024'], ['1', '12', '2026'], ['1', '1', '2000']]
const NUMBERS = ['3', '30', '1', '100', '2000', '0']

/**
 * The controls that a person could answer now, in the page's order, as groups `{ kind, key, fields }`.
 * Left out: what is hidden, the honeypot, buttons, "prefer not to say" boxes of texts, and what opens under a choice
 * that isn't chosen.
 */
export function readGroups(page) {
  return page.evaluate(() => {
    const form = document.querySelector('main form:has([name="action"])') ?? document.querySelector('main form')
    if (!form) return []
    const openUnder = (field) => {
      const part = field.closest('.govuk-radios__conditional, .govuk-checkboxes__conditional')
      const opener = part && document.getElementById(part.id.replace('conditional-', ''))
      return !opener || opener.checked
    }
    // The lists of a ranking that a script turned into lines are one button away.
    const behindButton = (field) => field.tagName === 'SELECT' && Boolean(field.closest('.app-ranking'))
    const seen = (field) => field.checkVisibility({ visibilityProperty: true }) || behindButton(field)
    const fields = [...form.elements].filter((field) =>
      field.name && !['hidden', 'submit', 'button'].includes(field.type) && field.tagName !== 'BUTTON' && field.tagName !== 'FIELDSET' &&
      !['website', 'csrf', 'action'].includes(field.name) && !field.disabled && seen(field) && openUnder(field))
    const opens = (field) => document.getElementById(`conditional-${field.id}`) !== null
    const describe = (field) => ({
      id: field.id, name: field.name, type: field.type, value: field.value, checked: Boolean(field.checked),
      numeric: field.inputMode === 'numeric' || field.type === 'number', exclusive: field.dataset.behaviour === 'exclusive', opens: opens(field),
      hidden: !field.checkVisibility({ visibilityProperty: true }),
      options: field.tagName === 'SELECT' ? [...field.options].map((option) => option.value) : [],
      total: Number(field.closest('[data-total]')?.dataset.total ?? 0),
    })
    const groups = new Map()
    const put = (kind, key, field) => {
      const at = `${kind} ${key}`
      const declined = form.elements[`${key}-declined`] ?? form.elements[`${key.replace(/-[^-]*$/, '')}-declined`]
      if (!groups.has(at)) groups.set(at, { kind, key, fields: [], declined: declined?.id ? describe(declined) : null })
      groups.get(at).fields.push(describe(field))
    }
    const stem = (name) => name.replace(/-[^-]*$/, '')
    const siblings = (field, test) => fields.filter((other) => other.type === field.type && other.name !== field.name && stem(other.name) === stem(field.name) && test(other)).length
    for (const field of fields) {
      const { name } = field
      if (name.endsWith('-declined')) continue
      if (field.type === 'radio') put('radios', name, field)
      else if (field.type === 'checkbox') put('checkboxes', name, field)
      else if (field.tagName === 'SELECT' && /-\d+$/.test(name)) put('ranking', stem(name), field)
      else if (field.tagName === 'SELECT') put('select', name, field)
      else if (/-(day|month|year)$/.test(name)) put('date', stem(name), field)
      else if (name.endsWith('-postcode')) put('postcode', name, field)
      else if (name.endsWith('-text')) put('text', name, field)
      else if (field.type === 'email') put('email', name, field)
      else if (field.tagName === 'TEXTAREA') put('text', name, field)
      else if (name.includes('-') && siblings(field, () => true) > 0) put('budget', stem(name), field)
      else if (field.inputMode === 'numeric' || field.type === 'number') put('number', name, field)
      else put('text', name, field)
    }
    return [...groups.values()]
  })
}

const at = (page, field) =>
  page.locator(field.id ? `[id="${field.id}"]` : `[name="${field.name}"][value="${field.value}"]`)

const by = (part) => (one, other) => (one[part] < other[part] ? -1 : 1)
const inOrder = (fields, pick, part) => (pick.startsWith('stable') ? [...fields].sort(by(part)) : fields)

/** What somebody would put into a group: the fields to choose, or the words to type. `attempt` counts from 0. */
export function plan(group, { pick = 'first', attempt = 0 } = {}) {
  const { fields } = group
  if (pick === 'declined' && group.declined) return [{ field: group.declined, choose: true }]
  const plain = (field) => !field.value.startsWith('_') && !field.exclusive && field.value !== 'outside'
  const choice = () => {
    const candidates = fields.filter(plain)
    if (pick.startsWith('stable')) {
      const sorted = [...candidates].sort(by('value'))
      return sorted.find((field) => field.opens === (pick === 'stable-revealing')) ?? sorted[0] ?? fields[0]
    }
    if (pick === 'revealing') return candidates.find((field) => field.opens) ?? candidates[0] ?? fields[0]
    if (pick === 'last') return fields.at(-1)
    if (pick === 'declined') return fields.find((field) => field.value === '_declined') ?? candidates[0] ?? fields[0]
    return candidates.find((field) => !field.opens) ?? candidates[0] ?? fields[0]
  }
  switch (group.kind) {
    case 'radios':
      return [{ field: choice(), choose: true }]
    case 'checkboxes': {
      const first = choice()
      if (first.exclusive || first.value.startsWith('_')) return [{ field: first, choose: true }]
      const wanted = [first, ...inOrder(fields, pick, 'value').filter((field) => plain(field) && field !== first)].slice(0, 2 + (attempt % 3) - (attempt > 2 ? 2 : 0))
      return wanted.map((field) => ({ field, choose: true }))
    }
    case 'select': {
      const values = fields[0].options.filter((value) => value && !value.startsWith('_') && value !== 'outside')
      return [{ field: fields[0], select: pick === 'last' ? values.at(-1) : values[0] }]
    }
    case 'ranking': {
      const given = fields[0].options.filter((value) => value && !value.startsWith('_'))
      const values = pick.startsWith('stable') ? given.sort() : given
      return fields.map((field, place) => ({ field, select: values[place] ?? '' }))
    }
    case 'budget': {
      const total = fields[0].total || [100, 10, 1000][attempt % 3]
      const each = Math.floor(total / fields.length)
      return inOrder(fields, pick, 'name').map((field, index) => ({ field, type: String(index === 0 ? total - each * (fields.length - 1) : each) }))
    }
    case 'date': {
      const day = DAYS[attempt % DAYS.length]
      return fields.map((field, part) => ({ field, type: day[part] }))
    }
    case 'number':
      return [{ field: fields[0], type: NUMBERS[attempt % NUMBERS.length] }]
    case 'postcode':
      return [{ field: fields[0], type: POSTCODE }]
    case 'email':
      return [{ field: fields[0], type: 'resident@example.org' }]
    default:
      return [{ field: fields[0], type: REMARK }]
  }
}

/** What no server should accept in a group; nothing for kinds where a form can't send a wrong answer. */
export function spoil(group) {
  const { fields } = group
  switch (group.kind) {
    case 'ranking':
      return fields.slice(0, 2).map((field) => ({ field, select: field.options.filter((value) => value && !value.startsWith('_')).sort()[0] }))
    case 'budget':
      return [{ field: inOrder(fields, 'stable', 'name')[0], type: '7' }]
    case 'date':
      return fields.map((field, part) => ({ field, type: ['31', '2', '2026'][part] }))
    case 'number':
      return [{ field: fields[0], type: 'several' }]
    case 'postcode':
      return [{ field: fields[0], type: 'not a postcode' }]
    case 'email':
      return [{ field: fields[0], type: 'nobody' }]
    case 'checkboxes':
      return fields.map((field) => ({ field, choose: true }))
    default:
      return []
  }
}

/** The button that shows a ranking's lists where a script turned them into lines. */
export const listsButton = (page) => page.locator('.app-ranking').getByRole('button', { name: names.lists }).first()

/** Carries out a plan with the pointer. */
export async function act(page, steps) {
  for (const { field, choose, select, type } of steps) {
    const target = at(page, field)
    if (field.hidden && select !== undefined && !(await target.isVisible())) await listsButton(page).click()
    if (choose) await target.check()
    else if (select !== undefined) await target.selectOption(select)
    else await target.fill(type)
  }
}

/**
 * Fills in the page, also what opens on the way. Strategy: `pick` first | last | revealing | declined, or stable | stable-revealing (the
 * same choices whatever order they are shown in), `attempt`,
 * `only` a test of groups, `how` the way a plan is carried out (by pointer, if left out).
 */
export async function fillPage(page, { only = () => true, how = act, ...strategy } = {}) {
  const done = new Set()
  const answered = (group) => group.fields.some((field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : field.value !== ''))
  for (;;) {
    const group = (await readGroups(page)).find((each) => !done.has(`${each.kind} ${each.key}`) && only(each))
    if (!group) return [...done]
    done.add(`${group.kind} ${group.key}`)
    // A district that is chosen already came from the postcode: leave it.
    if (strategy.keep && answered(group)) continue
    if (group.kind === 'checkboxes') await clear(page, group)
    await how(page, plan(group, strategy))
  }
}

async function clear(page, group) {
  for (const field of group.fields.filter((each) => each.checked)) await at(page, field).uncheck()
}

/** Puts what is wrong into every group that can take it; says whether there was any. */
export async function spoilPage(page) {
  let spoiled = false
  for (const group of await readGroups(page)) {
    const steps = spoil(group)
    await act(page, steps)
    spoiled ||= steps.length > 0
  }
  return spoiled
}

export const errorSummary = (page) => page.getByRole('alert').filter({ hasText: names.errorSummary })
export const hasErrors = async (page) => (await errorSummary(page).count()) > 0
export const continueButton = (page) => page.getByRole('button', { name: names.continue })
export const path = (page) => new URL(page.url()).pathname
export const isQuestionPage = (page) => /\/respond\/(?!check$|done$)[^/]+$/.test(path(page))

/** Starts a survey from its overview page. */
export async function begin(page, slug = survey) {
  await page.goto(slug)
  await page.getByRole('button', { name: names.start }).first().click()
  await page.waitForURL(/\/respond\//)
}

/** Fills in the page and continues until the server lets on; fails when six attempts don't do. */
export async function answerPage(page, strategy = {}) {
  const here = path(page)
  let last = ''
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await fillPage(page, { ...strategy, attempt })
    await (strategy.submit ?? submit)(page)
    if (path(page) !== here) return
    if (!(await hasErrors(page))) {
      // The postcode was turned into a district: the same page asks whether it is right.
      await fillPage(page, { ...strategy, attempt, keep: true, only: (group) => group.kind !== 'postcode' })
      await (strategy.submit ?? submit)(page)
      if (path(page) !== here) return
    }
    last = (await hasErrors(page)) ? await errorSummary(page).innerText() : 'the same page again, without an error'
  }
  throw new Error(`no way past ${here}: ${last}`)
}

/** Presses Continue and waits for the page that follows. */
export async function submit(page) {
  await Promise.all([page.waitForNavigation(), continueButton(page).click()])
}

/** Answers every page from here to "check your answers"; `onPage(path)` runs before each is filled in. */
export async function walkToCheck(page, { onPage = async () => {}, ...strategy } = {}) {
  const seen = []
  while (isQuestionPage(page)) {
    const here = path(page)
    if (seen.includes(here)) throw new Error(`came to ${here} twice: ${seen.join(' → ')}`)
    seen.push(here)
    await onPage(here)
    await answerPage(page, strategy)
  }
  if (!path(page).endsWith('/respond/check')) throw new Error(`the walk ended at ${path(page)}`)
  return seen
}

/** Sends the answers and returns the reference that the last page shows. */
export async function send(page) {
  await Promise.all([page.waitForURL(/\/respond\/done/), page.getByRole('button', { name: names.send }).click()])
  return page.locator('main').innerText()
}
