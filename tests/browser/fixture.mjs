// A small survey in plain HTML, for the harness to be tried on without the program.

import { createServer } from 'node:http'

const STYLE = `body{font:16px/1.5 sans-serif;margin:0;padding:0 1rem;color:#111;background:#fff}
:focus-visible{outline:3px solid #000;outline-offset:2px}fieldset{margin:1rem 0;min-width:0}
input,select,textarea,button{font:inherit;min-height:44px;max-width:100%;box-sizing:border-box}input[type=radio],input[type=checkbox]{min-width:24px}
.supported .govuk-radios__conditional--hidden{display:none}`

const SCRIPT = `document.body.className='supported';document.querySelector('[role=alert]')?.focus();
const opener=document.querySelector('[data-aria-controls]');
document.addEventListener('change',()=>opener&&document.getElementById(opener.dataset.ariaControls).classList.toggle('govuk-radios__conditional--hidden',!opener.checked))`

const label = (id, text) => `<p><label for="${id}">${text}</label></p>`
const radio = (name, value, text, more = '') =>
  `<p><input type="radio" id="${name}-${value}" name="${name}" value="${value}" ${more}> <label for="${name}-${value}">${text}</label></p>`
const box = (name, value, text, more = '') =>
  `<p><input type="checkbox" id="${name}-${value}" name="${name}" value="${value}" ${more}> <label for="${name}-${value}">${text}</label></p>`
const group = (legend, body) => `<fieldset><legend>${legend}</legend>${body}</fieldset>`
const field = (name, text, more = '') => `${label(name, text)}<input id="${name}" name="${name}" ${more}>`
const list = (name, text, values) =>
  `${label(name, text)}<select id="${name}" name="${name}"><option value="">Choose</option>${values.map((value) => `<option value="${value}">${value}</option>`).join('')}</select>`

const pages = {
  safe: group('How safe do you feel?', radio('safe', 'very', 'Very safe') +
    radio('safe', 'not', 'Not safe', 'data-aria-controls="conditional-safe-not"') +
    `<div id="conditional-safe-not" class="govuk-radios__conditional govuk-radios__conditional--hidden">${field('where', 'Where?')}</div>`) +
    group('Who helps?', box('who', 'police', 'Police') + box('who', 'council', 'Council') + box('who', 'none', 'Nobody', 'data-behaviour="exclusive"')),
  more: group('What comes first?', ['1', '2'].map((place) => list(`first-${place}`, `Place ${place}`, ['roads', 'homes', 'shops'])).join('')) +
    group('Share £100', ['roads', 'homes'].map((item) => field(`money-${item}`, item, 'inputmode="numeric"')).join('')) +
    group('When was it?', ['day', 'month', 'year'].map((part) => field(`when-${part}`, part, 'inputmode="numeric"')).join('')) +
    field('age', 'Your age', 'inputmode="numeric"') + field('mail', 'Your email', 'type="email"') +
    list('district', 'Your district', ['chelmsford', 'tendring']) + `${label('words', 'Anything else?')}<textarea id="words" name="words"></textarea>`,
}
const order = Object.keys(pages)

const problems = {
  safe: (form) => (form.get('safe') ? [] : ['safe-very']),
  more: (form) => (Number(form.get('money-roads')) + Number(form.get('money-homes')) === 100 ? [] : ['money-roads']),
}

function document(title, body, errors = []) {
  const summary = errors.length
    ? `<div role="alert" tabindex="-1"><h2>There is a problem</h2>${errors.map((id) => `<p><a href="#${id}">Answer this</a></p>`).join('')}</div>`
    : ''
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${summary}${body}</main><script src="/script.js"></script></body></html>`
}

const button = (text) => `<p><button name="action" value="continue">${text}</button></p>`
const form = (body, text = 'Continue') => `<form method="post" novalidate>${body}${button(text)}</form>`

/** Serves the fixture; `flaw` plants what the harness must catch: `third-party`, `inline-style`, `unlabelled`. */
export async function startFixture({ flaw } = {}) {
  const flaws = {
    'third-party': '<img alt="" src="http://127.0.0.2:9/pixel.png">',
    'inline-style': '<p style="color:red">Styled in line</p>',
    unlabelled: '<input name="website-address">',
    wide: '<p class="wide">wide</p>',
  }
  const answer = (request, text) => {
    const path = request.url.replace('/surveys/police-and-crime-plan', '')
    const key = path.replace('/respond/', '')
    if (path === '/style.css') return [200, STYLE + (flaw === 'wide' ? '.wide{width:2000px}' : ''), 'text/css']
    if (path === '/script.js') return [200, SCRIPT, 'text/javascript']
    const redirect = (to) => [303, '', 'text/html', { location: `/surveys/police-and-crime-plan/respond/${to}` }]
    if (request.method === 'POST' && path === '') return redirect(order[0])
    if (request.method === 'POST' && key === 'check') return redirect('done')
    if (request.method === 'POST') {
      const errors = problems[key](new URLSearchParams(text))
      return errors.length ? [422, document(`Error: ${key}`, form(pages[key]), errors)] : redirect(order[order.indexOf(key) + 1] ?? 'check')
    }
    if (path === '') return [200, document('Overview', form('', 'Start now') + (flaws[flaw] ?? ''))]
    if (key === 'check') return [200, document('Check your answers', form('', 'Send my answers'))]
    if (key === 'done') return [200, document('Thank you', '<p>Your reference is ABCD-1234</p>')]
    return pages[key] ? [200, document(key, form(pages[key]))] : [404, document('Not found', '')]
  }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (bytes) => (text += bytes))
    request.on('end', () => {
      const [status, body, type = 'text/html', headers = {}] = answer(request, text)
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`,
        'content-security-policy': "default-src 'self'; img-src * data:; frame-ancestors 'none'", ...headers })
      response.end(body)
    })
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((stopped) => {
      server.closeAllConnections()
      server.close(stopped)
    }),
  }
}
