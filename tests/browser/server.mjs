// Starts the built program on a database of its own and says where it listens. What it must print on stdout:
//   listening on http://127.0.0.1:PORT
//   administrator link: URL        (first start on an empty database only)

import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const binary = resolve(root, process.env.HYS_BIN ?? 'target/debug/have-your-say')

export const defaultSurvey = 'assets/surveys/police-and-crime-plan.yaml'
export const everyKindSurvey = 'assets/surveys/every-kind.yaml'

const START_LIMIT_MS = 60_000
const DAY_MS = 86_400_000

/** A copy of a definition that opened some days ago and closes in twenty, so that tests pass on any day. */
function openNow(file, folder, openFor) {
  const day = (days) => `"${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T12:00:00"`
  const text = readFileSync(resolve(root, file), 'utf8')
    .replace(/^opens: .*$/m, `opens: ${day(-openFor)}`)
    .replace(/^closes: .*$/m, `closes: ${day(20)}`)
  const copy = join(folder, basename(file))
  writeFileSync(copy, text)
  return { copy, slug: /^slug: *"?([a-z0-9-]+)/m.exec(text)[1] }
}

/**
 * A running program, alone on its database.
 *
 * `surveys` are definition files, from the top of the project, that are published before it starts; `simulate` is a
 * number of simulated responses to the first of them; it has been open for `openFor` days.
 */
export async function startServer({ surveys = [defaultSurvey], simulate = 0, openFor = 1 } = {}) {
  const place = mkdtempSync(join(tmpdir(), 'have-your-say-'))
  const env = {
    ...process.env,
    HYS_DATABASE_URL: `sqlite://${join(place, 'have-your-say.sqlite')}`,
    HYS_BIND: '127.0.0.1:0',
    // With somewhere to put mail, pages offer it.
    HYS_SMTP_URL: `file://${join(place, 'mail')}`,
    HYS_LOG: process.env.HYS_LOG ?? 'warn',
  }
  delete env.HYS_BASE_URL
  mkdirSync(join(place, 'mail'))
  const command = (...args) => execFileSync(binary, args, { cwd: place, env, encoding: 'utf8', stdio: 'pipe' })

  const slugs = surveys.map((file) => {
    const { copy, slug } = openNow(file, place, openFor)
    command('survey', 'publish', copy)
    return slug
  })
  if (simulate > 0) {
    command('simulate', '--survey', slugs[0], '--responses', String(simulate), '--seed', '1',
      '--database', env.HYS_DATABASE_URL)
  }

  const child = spawn(binary, ['serve'], { cwd: place, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let complained = ''
  const ended = new Promise((done) => child.once('exit', done))
  child.stderr.on('data', (bytes) => (complained += bytes))
  const base = await new Promise((found, failed) => {
    const limit = setTimeout(() => failed(new Error(`no "listening on" line after ${START_LIMIT_MS} ms\n${printed}${complained}`)),
      START_LIMIT_MS)
    child.once('error', failed)
    child.once('exit', (code) => failed(new Error(`the program ended with ${code}\n${printed}${complained}`)))
    child.stdout.on('data', (bytes) => {
      printed += bytes
      const line = /listening on (http:\/\/[^\s/]+)/.exec(printed)
      if (line) {
        clearTimeout(limit)
        found(line[1])
      }
    })
  })

  return {
    base,
    administratorLink: () => /administrator link: (\S+)/.exec(printed + complained)?.[1],
    log: () => printed + complained,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
      rmSync(place, { recursive: true, force: true })
    },
  }
}
