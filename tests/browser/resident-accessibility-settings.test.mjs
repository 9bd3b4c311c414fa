// The same looks without scripts and on a phone in forced colours.

import { describe, test } from 'node:test'

import { about, inspectAround, inspectEveryKind, inspectJourney } from './accessibility.mjs'
import { stage } from './harness.mjs'
import { defaultSurvey, everyKindSurvey } from './server.mjs'
import { everyKind, survey } from './words.mjs'

const settings = [
  [320, { js: false }],
  [390, { js: false }],
  [1280, { js: false }],
  [390, { forcedColors: true }],
  [1280, { zoom: 4, js: false }],
]

describe('axe finds nothing', () => {
  const theatre = stage({ surveys: [defaultSurvey, everyKindSurvey] })

  for (const setting of settings) {
    test(`on the way through the survey, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], (visitor) => inspectJourney(visitor, survey))
    })

    test(`on the pages around it, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], inspectAround)
    })
  }

  for (const setting of [settings[1]]) {
    test(`on the way through the survey of every kind, ${about(setting)}`, async () => {
      await theatre.as(setting[0], setting[1], (visitor) => inspectEveryKind(visitor, everyKind))
    })
  }
})
