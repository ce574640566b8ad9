/** Text as GBK bytes, which banks still ask for. The table is read once out of the decoder every browser and Node has. */
let table: Map<string, number> | null = null

function codes(): Map<string, number> {
  if (table) return table
  const decoder = new TextDecoder('gbk')
  table = new Map()
  for (let high = 0x81; high <= 0xfe; high++) {
    const bytes = new Uint8Array(2 * 190)
    let n = 0
    for (let low = 0x40; low <= 0xfe; low++) if (low !== 0x7f) bytes.set([high, low], 2 * n++)
    for (let i = 0; i < n; i++) {
      const letter = decoder.decode(bytes.subarray(2 * i, 2 * i + 2))
      if ([...letter].length === 1 && letter !== '\ufffd') table.set(letter, (bytes[2 * i]! << 8) | bytes[2 * i + 1]!)
    }
  }
  return table
}

/** Letters GBK does not have; a name that has one cannot be written into such a file without becoming another name. */
export function notInGbk(text: string): string[] {
  return [...text].filter((letter) => letter.codePointAt(0)! > 0x7f && !codes().has(letter))
}

/** [B2] Throws for a letter that is not in the set: a question mark in a name would pay somebody else. */
export function toGbk(text: string): Uint8Array {
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    if (code <= 0x7f) bytes.push(code)
    else {
      const known = codes().get(letter)
      if (known === undefined) throw new RangeError(`not in GBK: ${letter}`)
      bytes.push(known >> 8, known & 0xff)
    }
  }
  return Uint8Array.from(bytes)
}

/** People whose name such a file cannot write, and the letters. */
export function unwritable(people: readonly { readonly no: number; readonly holder: string; readonly bank: string }[]): { readonly no: number; readonly holder: string; readonly letters: string }[] {
  return people.flatMap(({ no, holder, bank }) => {
    const letters = notInGbk(holder + bank)
    return letters.length === 0 ? [] : [{ no, holder, letters: letters.join('') }]
  })
}
