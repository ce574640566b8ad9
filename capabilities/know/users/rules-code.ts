import { Secret, TOTP } from 'otpauth'

const STEP_SECONDS = 30

function totp(login: string, secretBase32: string): TOTP {
  return new TOTP({ issuer: '松柏', label: login, secret: Secret.fromBase32(secretBase32), digits: 6, period: STEP_SECONDS })
}

/** [U6] A one-time code (RFC 6238) is good for its own 30 seconds and the ones before and after, and only once: answers its step, or null. */
export function acceptedStep(login: string, secretBase32: string, code: string, nowMs: number, lastStep: number | null): number | null {
  const delta = totp(login, secretBase32).validate({ token: code, window: 1, timestamp: nowMs })
  if (delta === null) return null
  const step = Math.floor(nowMs / 1000 / STEP_SECONDS) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

export function otpauthUrl(login: string, secretBase32: string): string {
  return totp(login, secretBase32).toString()
}

export function codeAt(login: string, secretBase32: string, nowMs: number): string {
  return totp(login, secretBase32).generate({ timestamp: nowMs })
}

export function secretFrom(bytes: Uint8Array): string {
  return new Secret({ buffer: bytes.slice().buffer as ArrayBuffer }).base32
}
