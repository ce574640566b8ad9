/** The limit of the machine: the same conditions as C, optimised for it by gcc. Without stacking, so it does less than we do. */
import { BOOLS, CODES, COUNTIES, FACT_IDS, PARAMS } from '@songbai/policy/bench'
import { compilePolicySet, evaluateAmounts } from '@songbai/policy'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './policy.ts'
import type { Skip } from './policy-peers.ts'
import { limitsOf } from './policy-sql.ts'
import { ITEM_NAMES, tables } from './policy-people.ts'
import type { World } from './policy-own.ts'
import { asC } from './policy-terms.ts'

const small = (fact: string): boolean => (BOOLS as readonly string[]).includes(fact) || fact in CODES
const ctype = (fact: string): string => (small(fact) ? 'uint8_t' : 'int32_t')
const USED = [...FACT_IDS]

function source(world: World, folder: string): string {
  const n = world.population.size
  const limits = limitsOf(world)
  const amount = (a: string | number): string => (typeof a === 'number' ? String(a) : `P_${a}[county[i]]`)
  const loops = tables(world).map((rows, j) => `for(int i=b;i<m;i++)O[${j}][i]=${rows.map((row) => `${asC(row.when, limits)}?${amount(row.amount)}:`).join('')}0;`)
  return `#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
#include <time.h>
#include <string.h>
static double now(int c){struct timespec t;clock_gettime(c,&t);return t.tv_sec*1e3+t.tv_nsec/1e6;}
static void*ld(const char*f,long b){void*p=aligned_alloc(64,(b+127)/64*64);FILE*h=fopen(f,"rb");if(!h||fread(p,1,b,h)!=(size_t)b)exit(1);fclose(h);return p;}
${Object.entries(PARAMS).map(([name, values]) => `static const int32_t P_${name}[]={${values.join(',')}};`).join('\n')}
int main(){const int n=${n};
${USED.map((f) => `const ${ctype(f)}*restrict ${f}=ld("${join(folder, f)}",(long)n*sizeof(${ctype(f)}));`).join('\n')}
const uint8_t*restrict county=ld("${join(folder, 'county')}",n);
int32_t*O[${ITEM_NAMES.length}];for(int j=0;j<${ITEM_NAMES.length};j++){O[j]=aligned_alloc(64,((long)n*4+127)/64*64);memset(O[j],0,(long)n*4);}
for(int r=0;r<3;r++){double w=now(CLOCK_MONOTONIC),c=now(CLOCK_PROCESS_CPUTIME_ID);
for(int b=0;b<n;b+=4096){int m=n-b<4096?n:b+4096;${loops.join('\n')}}
printf("T %f %f\\n",now(CLOCK_MONOTONIC)-w,now(CLOCK_PROCESS_CPUTIME_ID)-c);}
for(int j=0;j<${ITEM_NAMES.length};j++){long s=0;for(int i=0;i<n;i++)s+=O[j][i];printf("S %ld\\n",s);}return 0;}`
}

export async function nativePeer(world: World, skip: Skip): Promise<Peer | null> {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    skip('gcc', 'not on this machine')
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'songbai-bench-'))
  for (const f of USED) writeFileSync(join(folder, f), world.columns.column(f))
  writeFileSync(join(folder, 'county'), Uint8Array.from(world.population.regions, (code) => COUNTIES.findIndex((one) => code.startsWith(one))))
  writeFileSync(join(folder, 'items.c'), source(world, folder))
  const built = spawnSync('gcc', ['-O3', '-march=native', '-o', join(folder, 'items'), join(folder, 'items.c')], { encoding: 'utf8' })
  if (built.status !== 0) {
    skip('gcc', built.stderr.split('\n')[0] ?? 'failed')
    rmSync(folder, { recursive: true })
    return null
  }
  const [raw, stacked] = [rawSums(world), world.amounts.map((column) => column.reduce((sum, fen) => sum + fen, 0))]
  let last = { wallMs: 0, cpuMs: 0 }
  return {
    name: 'gcc -O3, without stacking', people: world.population.size, target: 0.4, measured: () => last, close: async () => rmSync(folder, { recursive: true }),
    run: async () => {
      const lines = spawnSync(join(folder, 'items'), { encoding: 'utf8' }).stdout.trim().split('\n').map((line) => line.split(' '))
      const times = lines.filter(([kind]) => kind === 'T').map(([, wall, cpu]) => ({ wallMs: Number(wall), cpuMs: Number(cpu) })).toSorted((a, b) => a.cpuMs - b.cpuMs)
      last = times[times.length >> 1]!
      const sums = lines.filter(([kind]) => kind === 'S').map(([, fen]) => Number(fen))
      // It does not stack: its sums are held against ours before stacking.
      return sums.map((fen, j) => (fen === raw[j] ? stacked[j]! : Number.NaN))
    },
  }
}

/** Our own sums before stacking. */
function rawSums(world: World): number[] {
  const made = compilePolicySet(world.set.policies.map((one) => ({ ...one, stacking: [] })), { facts: world.set.facts, perPolicy: [] })
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return evaluateAmounts(made.set, world.columns).map((column) => column.reduce((sum, fen) => sum + fen, 0))
}
