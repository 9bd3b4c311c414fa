// The names by which tests find things: when a sentence of the interface changes, only this file does.

export const names = {
  start: /^start/i,
  continue: /^continue$/i,
  back: /^back$/i,
  saveForLater: /save and come back/i,
  send: /^(send|submit)/i,
  change: /^(change|answer)\b/i,
  errorSummary: /there is a problem/i,
  more: /more to answer on this page/i,
  exit: /exit this page/i,
  removeFromDevice: /remove .*from this device/i,
  lists: /\blists?\b/i,
  lines: /\b(lines|arrows|buttons)\b/i,
  add: /^add\b/i,
  moveUp: /move .* up|up$/i,
  moveDown: /move .* down|down$/i,
  signIn: /^sign in$/i,
  signOut: /^sign out$/i,
  simulated: /simulated|made-up/i,
  firstByRules: /is first by (all )?\d+/i,
  email: /email/i,
  password: /^(choose a |new )?password/i,
  passwordAgain: /again|confirm|repeat/i,
}

/** A reference as a person reads it out. */
export const reference = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/

export const survey = '/surveys/police-and-crime-plan'
export const everyKind = '/surveys/every-kind'
