import type { WordsOf } from '../catalogue.ts'
import type { problems as zh } from '../zh-CN/problems.ts'

export const problems: WordsOf<typeof zh> = {
  'problem.badInput': 'Some fields are not right; see the words below them.',
  'problem.notSignedIn': 'You were away for a while; please sign in again.',
  'problem.notAllowed': 'Not found, or outside your area.',
  'problem.notFound': 'Not found, or outside your area.',
  'problem.conflict': 'Somebody changed it first. Please reload and decide.',
  'problem.tooLarge': 'Too large for the server. Please send it in parts.',
  'problem.tooMany': 'Too fast; please try again in a minute.',
  'problem.busy': 'The server is busy or the network is down; what you wrote is kept. Please try again.',
  'problem.pastDay': 'You are looking at a past day and cannot change it. Go back to today first.',
  'problem.bug': 'Our fault; what you wrote is kept.',
}
