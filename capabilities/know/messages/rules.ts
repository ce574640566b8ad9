/** Texts, numbers, channels and the steps of a message: pure, so the faces and the tests read the same rules. */

export const CHANNELS = ['screen', 'webhook', 'letter', 'outbox', 'villageTask'] as const
export type Channel = (typeof CHANNELS)[number]
export const STATES = ['queued', 'sent', 'delivered', 'answered', 'failed', 'withdrawn'] as const
export type State = (typeof STATES)[number]
export const WAITS = ['gateway', 'clerk', 'print', 'village', 'reader'] as const
export type WaitsFor = (typeof WAITS)[number]
export const REPLIES = ['yes', 'no', 'other'] as const
export type Reply = (typeof REPLIES)[number]
export const LANGUAGES = ['zh', 'en', 'mn-Mong'] as const
export type Language = (typeof LANGUAGES)[number]

export interface Words {
  readonly title: string
  /** One breath: what a phone shows and a clerk reads out. */
  readonly short: string
  /** Lines of a letter; the first is set large, for the elder. */
  readonly letter: readonly string[]
}

/** What is said, as data. Mongolian is a sample until a translator has signed it, and goes out beside the Chinese, never alone. */
export interface Template {
  readonly id: string
  readonly zh: Words
  readonly en: Words
  readonly 'mn-Mong'?: Words & { readonly sample: true }
  /** Whether an answer is asked for: 1 yes, 2 no. */
  readonly asks?: boolean
}

export type Args = Readonly<Record<string, string | number>>

export interface Texts extends Words {
  readonly beside?: Words & { readonly sample: true }
  readonly asks: boolean
}

/** [M1] A slot without a value is a mistake of the sender, never a message with a hole. */
export function say(text: string, args: Args): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = args[name]
    if (value === undefined) throw new Error(`the message wants {${name}}`)
    return String(value)
  })
}

function filled(words: Words, args: Args): Words {
  return { title: say(words.title, args), short: say(words.short, args), letter: words.letter.map((line) => say(line, args)) }
}

/** [M2] What will be said, fixed now. */
export function textsOf(template: Template, language: Language, args: Args): Texts {
  const beside = language === 'mn-Mong' ? template['mn-Mong'] : undefined
  return { ...filled(language === 'en' ? template.en : template.zh, args), asks: template.asks ?? false, ...(beside ? { beside: { ...filled(beside, args), sample: true as const } } : {}) }
}

/** [M3] Two digits of the year, seven of the count, one to check (Luhn), so that a number heard wrong on the phone is nobody's. */
export function numberOf(year: number, count: number): string {
  const body = `${String(year % 100).padStart(2, '0')}${String(count).padStart(7, '0')}`
  return `${body}${checkDigit(body)}`
}

function checkDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const n = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (n > 9 ? n - 9 : n)
  }, 0)
  return (10 - (sum % 10)) % 10
}

export function isNumber(text: string): boolean {
  return /^\d{10,}$/.test(text) && checkDigit(text.slice(0, -1)) === Number(text.at(-1))
}

/** Minutes of the day in China. */
export interface Quiet {
  readonly from: number
  readonly to: number
}

/** A product choice until a county sets its own: no telephone rings from nine in the evening to eight in the morning. */
export const USUAL_QUIET: Quiet = { from: 21 * 60, to: 8 * 60 }
const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** [M4] The end of the quiet hours an instant lies in; null outside them. Hours that go over midnight are one stretch. */
export function quietUntil(nowMs: number, quiet: Quiet): number | null {
  const minute = (Math.floor(nowMs / MINUTE_MS) + 480) % DAY_MINUTES
  const length = (quiet.to - quiet.from + DAY_MINUTES) % DAY_MINUTES
  const since = (minute - quiet.from + DAY_MINUTES) % DAY_MINUTES
  return since < length ? (Math.floor(nowMs / MINUTE_MS) + length - since) * MINUTE_MS : null
}

/** Minutes before the next try; after the last one the message takes its next channel. A product choice. */
export const BACK_OFF_MINUTES = [1, 5, 30, 120, 480] as const
/** A gateway that took a message and never says what became of it. */
export const RECEIPT_WITHIN_MINUTES = 24 * 60

/** [M5] When to try again after so many tries; null: enough. */
export function nextTry(attempts: number, nowMs: number): number | null {
  const minutes = BACK_OFF_MINUTES[attempts - 1]
  return minutes === undefined ? null : nowMs + minutes * MINUTE_MS
}

export interface Standing {
  readonly channels: readonly string[]
  readonly step: number
}

/** [M6] The channel after this one; null when all are used up. */
export function nextChannel(message: Standing): { readonly step: number; readonly channel: Channel } | null {
  const channel = message.channels[message.step + 1]
  return channel === undefined ? null : { step: message.step + 1, channel: channel as Channel }
}

/** [M7] An answer as people type it: 1, 同意, 好 … / 2, 不 … Anything else is read by a person. */
export function readReply(text: string): Reply {
  const plain = text.normalize('NFKC').trim().toLowerCase().replaceAll(/[。.，,\s]/g, '')
  if (/^(1|同意|是|好|好的|可以|要|yes|y|ok)$/.test(plain)) return 'yes'
  if (/^(2|不|不要|不用|不同意|不需要|no|n)$/.test(plain)) return 'no'
  return 'other'
}
