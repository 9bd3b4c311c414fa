// Every page and state that axe looked at, one line each, so that the run can say how many there were.

import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** Notes that a page was looked at in a state and a setting. */
export function note(entry) {
  const file = process.env.HYS_BROWSER_LEDGER
  if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`)
}

/** The totals of all lines in a ledger. */
export function totals(path) {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []
  const distinct = (pick) => new Set(lines.map(pick)).size
  return {
    looks: lines.length,
    pages: distinct((line) => line.page),
    states: distinct((line) => `${line.page} ${line.state}`),
    settings: distinct((line) => line.setting),
    violations: lines.reduce((sum, line) => sum + line.violations, 0),
  }
}
