import type { Command } from './context.ts'

export const demoCommand: Command = async () => 2
