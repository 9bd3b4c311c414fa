// Accessibility-tree snapshots: what assistive technology is told, kept as text beside the tests.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'snapshots')
const SHUFFLED_IN = /^- (group|combobox|listbox|radiogroup|list|table|row)\b/

/** A snapshot in which the order inside a group doesn't matter, because each response sees choices in its own order. */
export function settle(snapshot) {
  // An error of a whole group leads to whichever of its fields is shown first.
  const lines = snapshot.split('\n').filter((line) => line.trim()).map((line) => line.replace(/(\/url: "#\w+)-[\w-]+"/, '$1-…"'))
  const tree = (from, depth) => {
    const nodes = []
    let at = from
    while (at < lines.length) {
      const indent = lines[at].search(/\S/) / 2
      if (indent < depth) break
      const [children, next] = tree(at + 1, depth + 1)
      nodes.push({ line: lines[at].trim(), children })
      at = next
    }
    return [nodes, at]
  }
  const write = (node, depth) => {
    const inner = node.children.map((child) => write(child, depth + 1))
    const settled = SHUFFLED_IN.test(node.line) ? inner.sort() : sortRuns(node.children, inner)
    return [`${'  '.repeat(depth)}${node.line}`, ...settled].join('\n')
  }
  const [top] = tree(0, 0)
  return `${sortRuns(top, top.map((node) => write(node, 0))).join('\n')}\n`
}

// The rows of a shuffled grid are groups next to each other.
function sortRuns(nodes, texts) {
  const out = []
  let run = []
  const flush = () => {
    out.push(...run.sort())
    run = []
  }
  nodes.forEach((node, index) => {
    if (/^- group\b/.test(node.line)) run.push(texts[index])
    else {
      flush()
      out.push(texts[index])
    }
  })
  flush()
  return out
}

/**
 * Holds a part of a page to its snapshot. `UPDATE_SNAPSHOTS=1` writes it anew; one that is missing is written, except
 * on a build machine (`CI`), where it fails.
 */
export async function holdToSnapshot(locator, name) {
  const file = join(folder, `${name}.txt`)
  const now = settle(await locator.ariaSnapshot())
  const missing = !existsSync(file)
  if (process.env.UPDATE_SNAPSHOTS || (missing && !process.env.CI)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, now)
    return
  }
  assert.ok(!missing, `no snapshot ${name}: run "make snapshots" and look at what it wrote`)
  assert.equal(now, readFileSync(file, 'utf8'), `the accessibility tree of ${name} changed`)
}
