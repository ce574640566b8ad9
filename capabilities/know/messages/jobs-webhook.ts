/** The generic gateway: one signed POST a message, repeated until answered; its receipts come back signed the same way. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Gateway } from '../../resources.ts'
import type { Message } from './store.ts'

export interface Request {
  /** The same at each try, so that a gateway sends once. */
  readonly key: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly receipts: boolean
}

const TIMEOUT_MS = 10_000

export function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

export function requestFor(message: Message, phone: string, gateway: Gateway, nowMs: number): Request {
  const key = keyOf(message)
  const body = JSON.stringify({ key, county: message.county, to: phone, title: message.texts.title, text: message.texts.short, template: message.template, number: message.number, asks: message.texts.asks })
  return { key, url: gateway.url, body, receipts: gateway.receipts, headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-songbai-time': String(nowMs), 'x-songbai-signature': hmac(gateway.secret, `${nowMs}.${body}`) } }
}

/** Sent another time by another decision is another key. */
export function keyOf(message: Pick<Message, 'id' | 'step'>): string {
  return `${message.id}.${message.step}`
}

export type Posted = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly status: number } | { readonly kind: 'again'; readonly why: string }

/** A refusal of the gateway is final but for those that ask to come again. */
const AGAIN = new Set([408, 425, 429])

export async function post(request: Request): Promise<Posted> {
  const answer = await fetch(request.url, { method: 'POST', headers: request.headers, body: request.body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await answer.body?.cancel()
  if (answer.ok) return { kind: 'accepted' }
  return answer.status >= 500 || AGAIN.has(answer.status) ? { kind: 'again', why: String(answer.status) } : { kind: 'refused', status: answer.status }
}

export interface Receipt {
  readonly key: string
  readonly county: string
  readonly event: string
  readonly at: number
  readonly text: string
  readonly signature: string
}

export function receiptSignature(receipt: Omit<Receipt, 'signature'>, secret: string): string {
  return hmac(secret, [receipt.key, receipt.county, receipt.event, String(receipt.at), receipt.text].join('\n'))
}

export function signatureFits(receipt: Receipt, secret: string): boolean {
  const [sent, own] = [Buffer.from(receipt.signature, 'hex'), Buffer.from(receiptSignature(receipt, secret), 'hex')]
  return sent.length === own.length && timingSafeEqual(sent, own)
}
