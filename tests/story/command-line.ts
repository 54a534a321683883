import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');

export interface CommandOutcome {
  exit: number | null;
  /** The last line of standard output, parsed. */
  json: Record<string, unknown>;
  stdout: string;
  stderr: string;
}

/** Runs `so-truong …` as a person or a script would, in a process of its own. */
export function soTruong(args: string[], env: NodeJS.ProcessEnv = {}, input?: string): Promise<CommandOutcome> {
  const child = start(args, env);
  child.stdin?.end(input ?? '');
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => { stdout += chunk.toString(); });
    child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    child.once('error', reject);
    child.once('close', exit => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      resolve({ exit, stdout, stderr, json: last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {} });
    });
  });
}

/** Starts a command that serves, and waits for the line with its address. */
export async function serving(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ url: string; stop(): Promise<void> }> {
  const child = start([...args, '--json'], env);
  child.stdin?.end();
  let output = '';
  let faults = '';
  child.stderr?.on('data', (chunk: Buffer) => { faults += chunk.toString(); });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split('\n').find(text => text.startsWith('{'));
      if (line !== undefined && output.includes('\n')) resolve((JSON.parse(line) as { url: string }).url);
    });
    child.once('close', exit => { reject(new Error(`ended with ${exit}: ${faults}`)); });
  });
  return {
    url,
    stop: async () => {
      const ended = new Promise(resolve => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
    },
  };
}

function start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [path.join(root, 'main/entry/cli.ts'), ...args], { cwd: root, env: { ...process.env, ...env }, stdio: 'pipe' });
}
