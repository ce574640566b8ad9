import { describe, expect, test } from 'vitest'
import { dropKept, keep, readKept, startOf } from './kept.ts'
import { diffLines, shortened } from './lineDiff.ts'
import { createSaver } from './saver.ts'
import type { Rest, Sent } from './saver.ts'

function shelf() {
  const held = new Map<string, string>()
  return { held, getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key) }
}

describe('what is kept in the browser', () => {
  test('comes back with the save it rests on, and goes when dropped', () => {
    const own = shelf()
    expect(readKept(own, 'v')).toBeNull()
    expect(keep(own, 'v', { text: '{"text":1}', seen: 5 })).toBe(true)
    expect(readKept(own, 'v')).toEqual({ text: '{"text":1}', seen: 5 })
    dropKept(own, 'v')
    expect(readKept(own, 'v')).toBeNull()
  })

  test('a text kept by itself is read, with nothing known of what it rests on', () => {
    const own = shelf()
    for (const raw of ['policy: meals\n', '{"text":', 'null', '12']) {
      own.held.set('songbai.policy.v', raw)
      expect(readKept(own, 'v')).toEqual({ text: raw, seen: null })
    }
  })

  test('no room in the browser is an answer and no crash', () => {
    expect(keep({ ...shelf(), setItem: () => { throw new Error('QuotaExceededError') } }, 'v', { text: 'a', seen: 1 })).toBe(false)
  })

  test('[P15] a colleague saved since: the two stand beside each other and a person chooses', () => {
    expect(startOf({ text: 'mine', seen: 5 }, { text: 'theirs', seen: 9 })).toEqual({ text: 'mine', seen: 5, torn: true })
    expect(startOf({ text: 'mine', seen: null }, { text: 'theirs', seen: 9 })).toEqual({ text: 'mine', seen: 0, torn: true })
    expect(startOf({ text: 'mine', seen: 9 }, { text: 'before', seen: 9 })).toEqual({ text: 'mine', seen: 9, torn: false })
    expect(startOf({ text: 'same', seen: 5 }, { text: 'same', seen: 9 })).toEqual({ text: 'same', seen: 9, torn: false })
    expect(startOf(null, { text: 'theirs', seen: 9 })).toEqual({ text: 'theirs', seen: 9, torn: false })
  })
})

/** A server that refuses what does not know its last save, and answers when told to. */
function server(from: Rest) {
  const waiting: (() => void)[] = []
  const sent: { text: string; seen: number; base: number | undefined }[] = []
  let held = from
  let fail = false
  const saver = createSaver(from, (text, seen, base) => {
    sent.push({ text, seen, base })
    return new Promise<Sent>((done) => waiting.push(() => {
      if (fail || seen !== held.seen) return done({ ok: false })
      held = { text, seen: held.seen + 1 }
      done({ ok: true, savedAt: held.seen })
    }))
  }, () => {})
  const answer = async () => {
    await Promise.resolve()
    waiting.shift()!()
    for (let n = 0; n < 5; n++) await Promise.resolve()
  }
  return { saver, sent, answer, held: () => held, another: (text: string) => { held = { text, seen: held.seen + 1 } }, failing: (on: boolean) => { fail = on } }
}

describe('one line of saves', () => {
  test('[P15] a slow save is not overtaken: the next waits, carries the newest text alone and names the save before it', async () => {
    const { saver, sent, answer, held } = server({ text: '0', seen: 1 })
    const all = [saver.save('1'), saver.save('2'), saver.save('3')]
    await Promise.resolve()
    all.push(saver.save('4'), saver.save('5'))
    await answer()
    await answer()
    expect(await Promise.all(all)).toEqual([true, true, true, true, true])
    expect(sent).toEqual([{ text: '3', seen: 1, base: undefined }, { text: '5', seen: 2, base: undefined }])
    expect(held()).toEqual({ text: '5', seen: 3 })
    expect(saver.rest()).toEqual({ text: '5', seen: 3 })
    expect(saver.busy()).toBe(false)
  })

  test('going on from a newer version is one of them, and the save after it is not refused', async () => {
    const { saver, sent, answer } = server({ text: '0', seen: 1 })
    const first = saver.save('0', 7)
    await answer()
    expect(await first).toBe(true)
    const second = saver.save('1')
    await answer()
    expect(await second).toBe(true)
    expect(sent.map((one) => [one.seen, one.base])).toEqual([[1, 7], [2, undefined]])
  })

  test('what is stored is not sent again', async () => {
    const { saver, sent } = server({ text: '0', seen: 1 })
    expect(await saver.save('0')).toBe(true)
    expect(await saver.save('0')).toBe(true)
    expect(sent).toEqual([])
  })

  test('[P15] after another saved nothing goes through until their text was met', async () => {
    const { saver, answer, another, held } = server({ text: '0', seen: 1 })
    another('theirs')
    const refused = saver.save('mine')
    await answer()
    expect(await refused).toBe(false)
    expect(held().text).toBe('theirs')
    saver.settle(held())
    const mine = saver.save('mine')
    await answer()
    expect(await mine).toBe(true)
    expect(held().text).toBe('mine')
  })

  test('a failure lets the next try', async () => {
    const { saver, answer, failing } = server({ text: '0', seen: 1 })
    failing(true)
    const first = saver.save('1')
    await answer()
    expect(await first).toBe(false)
    failing(false)
    const second = saver.save('1')
    await answer()
    expect(await second).toBe(true)
  })
})

describe('two texts line by line', () => {
  const said = (a: string, b: string) => diffLines(a, b).map((one) => `${one.kind[0]}${one.text}`).join(' ')
  test('what both have stays, what one has is named', () => {
    expect(said('a\nb\nc\nd', 'a\nB\nc\nd\ne')).toBe('sa tb mB sc sd me')
    expect(said('a\nb', 'b\na')).toBe('ta sb ma')
    expect(said('', 'x')).toBe('t mx')
    expect(said('a', 'a')).toBe('sa')
  })
  test('far from a change lines are left out', () => {
    const lines = Array.from({ length: 20 }, (_, n) => String(n))
    const short = shortened(diffLines(lines.join('\n'), lines.with(10, 'x').join('\n')))
    expect(short.map((one) => (one === null ? '…' : one.text)).join(' ')).toBe('… 8 9 10 x 11 12 …')
  })
  test('two long strangers are shown whole rather than compared for minutes', () => {
    const many = (mark: string) => Array.from({ length: 3000 }, (_, n) => `${mark}${n}`).join('\n')
    expect(diffLines(many('a'), many('b'))).toHaveLength(6000)
  })
})
