export interface Launch {
  /** `--data DIR` or `--data=DIR`; null is the user's own data folder. */
  dataFolder: string | null;
  /** `--self-check=FILE`: try the installed parts, write what was found, end. */
  selfCheck: string | null;
}

/** What was asked for when the program was started. Chromium's own switches, which Electron leaves among them, are passed over. */
export function readLaunch(argv: readonly string[]): Launch {
  return { dataFolder: valueOf(argv, '--data'), selfCheck: valueOf(argv, '--self-check') };
}

function valueOf(argv: readonly string[], name: string): string | null {
  for (const [at, argument] of argv.entries()) {
    if (argument.startsWith(`${name}=`)) return argument.slice(name.length + 1) || null;
    if (argument === name) return argv[at + 1] ?? null;
  }
  return null;
}
