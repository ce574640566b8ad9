export async function cli(_args: readonly string[]): Promise<number> {
  return 0
}
