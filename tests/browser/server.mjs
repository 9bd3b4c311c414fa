// Starts the built program on a database of its own and says where it listens. What it must print on stdout:
//   listening on http://127.0.0.1:PORT
//   administrator link: URL        (first start on an empty database only)

import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const binary = resolve(root, process.env.HYS_BIN ?? 'target/debug/have-your-say')

const START_LIMIT_MS = 60_000

/**
 * A running program, alone on its database.
 *
 * `surveys` are definition files, from the top of the project, published beside the default survey; `simulate` is a
 * number of simulated responses to the default survey.
 */
export async function startServer({ surveys = [], simulate = 0 } = {}) {
  const place = mkdtempSync(join(tmpdir(), 'have-your-say-'))
  const env = {
    ...process.env,
    HYS_DATABASE_URL: `sqlite://${join(place, 'have-your-say.sqlite')}?mode=rwc`,
    HYS_BIND: '127.0.0.1:0',
    HYS_LOG: process.env.HYS_LOG ?? 'warn',
  }
  delete env.HYS_BASE_URL
  delete env.HYS_SMTP_URL
  const command = (...args) => execFileSync(binary, args, { cwd: place, env, encoding: 'utf8', stdio: 'pipe' })

  for (const file of surveys) command('survey', 'publish', resolve(root, file))
  if (simulate > 0) {
    command('simulate', '--survey', 'police-and-crime-plan', '--responses', String(simulate), '--seed', '1',
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
