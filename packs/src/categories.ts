import { stringify } from 'yaml'
import type { CategoriesPack, CategoryDef } from './schemas.ts'

/**
 * The categories as policy texts, so that one engine answers for people and groups alike: over a population, on any date, with explanation.
 * Policy id `category-<kebab id>`, one row `in`, kind service. Compile them as a set of their own, beside the policies.
 */
export function categoryPolicies(pack: CategoriesPack): { id: string; category: string; text: string }[] {
  return pack.categories.map(c => ({ id: policyId(c.id), category: c.id, text: stringify(policyOf(c, pack), { aliasDuplicateObjects: false }) }))
}

function policyId(category: string): string {
  return `category-${category.replace(/[A-Z]/g, l => `-${l.toLowerCase()}`)}`
}

function policyOf(c: CategoryDef, pack: CategoriesPack): unknown {
  const used = Object.entries(pack.params).filter(([name]) => new RegExp(`\\b${name}\\b`).test(c.when))
  const basis = [...new Set([...c.clauses, ...used.map(([, p]) => p.clause)])]
  const key = (clause: string): string => `b${basis.indexOf(clause) + 1}`
  return {
    policy: policyId(c.id), title: c.label, kind: 'service', service: c.label, region: '000000', version: pack.version, effective: { from: '2021-01-01' },
    basis: Object.fromEntries(basis.map(b => [key(b), { doc: b.split('/')[0], clause: b }])),
    params: Object.fromEntries(used.map(([name, { clause, ...p }]) => [name, { ...p, basis: key(clause) }])),
    table: { hit: 'first', rows: [{ id: 'in', when: c.when, basis: c.clauses.map(key), label: c.label }] },
    cases: c.cases.map(k => ({ at: k.at, in: k.in, out: typeof k.out === 'object' ? k.out : { row: k.out === 'yes' ? 'in' : null } })),
  }
}
