/** Each line of theirs gets at most one of ours and the other way round, so that the sum of the scores is greatest. */
export interface Edge {
  readonly theirs: number
  readonly ours: number
  readonly bits: number
}

/** Up to so many lines of theirs in one group are settled exactly; families and namesakes are a handful. */
const EXACT = 40

/** [A1] Groups that share no candidate are settled by themselves. [A2] Equal sums are settled by the order of the lists. */
export function assign(edges: readonly Edge[]): Map<number, Edge> {
  const chosen = new Map<number, Edge>()
  for (const group of groupsOf(edges)) for (const edge of isPlain(group) ? group : new Set(group.map((one) => one.theirs)).size > EXACT ? greedy(group) : exact(group)) chosen.set(edge.theirs, edge)
  return chosen
}

const isPlain = (group: readonly Edge[]): boolean => group.length === 1

function groupsOf(edges: readonly Edge[]): Edge[][] {
  const parent = new Map<number, number>()
  const root = (node: number): number => {
    let at = node
    while (parent.get(at) !== at) at = parent.get(at)!
    for (let step = node; step !== at;) {
      const up = parent.get(step)!
      parent.set(step, at)
      step = up
    }
    return at
  }
  // Lines of ours below zero, so that both lists have their own numbers.
  for (const { theirs, ours } of edges) {
    const other = -1 - ours
    if (!parent.has(theirs)) parent.set(theirs, theirs)
    if (!parent.has(other)) parent.set(other, other)
    parent.set(root(theirs), root(other))
  }
  const groups = new Map<number, Edge[]>()
  for (const edge of edges) {
    const at = root(edge.theirs)
    const group = groups.get(at)
    if (group) group.push(edge)
    else groups.set(at, [edge])
  }
  return [...groups.values()]
}

function greedy(group: readonly Edge[]): Edge[] {
  const [theirs, ours] = [new Set<number>(), new Set<number>()]
  return group.toSorted((a, b) => b.bits - a.bits || a.theirs - b.theirs || a.ours - b.ours).filter((edge) => {
    if (theirs.has(edge.theirs) || ours.has(edge.ours)) return false
    theirs.add(edge.theirs)
    ours.add(edge.ours)
    return true
  })
}

/** Shortest augmenting paths over a square of costs (Kuhn–Munkres with potentials), O(n³). A line may stay alone at no gain. */
function exact(group: readonly Edge[]): Edge[] {
  const rows = [...new Set(group.map((edge) => edge.theirs))].sort((a, b) => a - b)
  const columns = [...new Set(group.map((edge) => edge.ours))].sort((a, b) => a - b)
  const [n, m] = [rows.length, columns.length + rows.length]
  const lowest = Math.min(...group.map((edge) => edge.bits))
  const table = new Map(group.map((edge) => [`${edge.theirs} ${edge.ours}`, edge]))
  // Every candidate is worth more than none, the worst by one bit.
  const cost = (i: number, j: number): number => {
    const edge = j < columns.length ? table.get(`${rows[i]} ${columns[j]}`) : undefined
    return edge ? -(edge.bits - lowest + 1) : j < columns.length ? 1e9 : 0
  }
  const [u, v, match, way] = [new Float64Array(n + 1), new Float64Array(m + 1), new Int32Array(m + 1), new Int32Array(m + 1)]
  for (let i = 1; i <= n; i++) {
    match[0] = i
    let j0 = 0
    const least = new Float64Array(m + 1).fill(Infinity)
    const used = new Uint8Array(m + 1)
    do {
      used[j0] = 1
      let [delta, j1] = [Infinity, 0]
      for (let j = 1; j <= m; j++) {
        if (used[j] === 1) continue
        const now = cost(match[j0]! - 1, j - 1) - u[match[j0]!]! - v[j]!
        if (now < least[j]!) [least[j], way[j]] = [now, j0]
        if (least[j]! < delta) [delta, j1] = [least[j]!, j]
      }
      for (let j = 0; j <= m; j++) {
        if (used[j] === 1) [u[match[j]!], v[j]] = [u[match[j]!]! + delta, v[j]! - delta]
        else least[j] = least[j]! - delta
      }
      j0 = j1
    } while (match[j0] !== 0)
    while (j0 !== 0) {
      match[j0] = match[way[j0]!]!
      j0 = way[j0]!
    }
  }
  return Array.from({ length: columns.length }, (_one, j) => (match[j + 1]! > 0 ? table.get(`${rows[match[j + 1]! - 1]} ${columns[j]}`) : undefined)).filter((edge) => edge !== undefined)
}
