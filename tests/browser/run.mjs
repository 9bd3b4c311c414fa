// Runs the browser tests and says at the end how many pages and states axe looked at.
//   node run.mjs [FILE…]      --list names every test without running it

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { totals } from './ledger.mjs'
import { binary } from './server.mjs'
import { chromiumPath } from './visitor.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const files = wanted.length ? wanted : readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort()

if (process.argv.includes('--list')) {
  for (const file of files) {
    console.log(file)
    for (const [, , name] of readFileSync(join(here, file), 'utf8').matchAll(/\btest\(\s*(['"`])(.+?)\1/g)) console.log(`  ${name}`)
  }
  process.exit(0)
}

chromiumPath()
if (!existsSync(binary)) {
  console.error(`No program at ${binary}: build it with "cargo build", or set HYS_BIN.`)
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'have-your-say-ledger-'))
const ledger = join(folder, 'ledger')
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', '--test-timeout=900000', '--test-reporter=spec', ...files],
  { cwd: here, stdio: 'inherit', env: { ...process.env, HYS_BROWSER_LEDGER: ledger } })
const sum = totals(ledger)
rmSync(folder, { recursive: true, force: true })
console.log(`axe: ${sum.looks} looks at ${sum.pages} pages in ${sum.states} page states, in ${sum.settings} settings; ${sum.violations} violations`)
process.exit(status ?? 1)
