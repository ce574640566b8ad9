// Everything that runs as its own file after the build: the server, the command line, and workers.
export const SERVER_ENTRIES = {
  main: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  bench: 'bench/src/index.ts',
  sim: 'bench/src/sim.ts',
}
