import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bench } from './bench.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const key = { SO_TRUONG_KEY: '07'.repeat(32) };

/** Resident memory of a process and all it started, in MB (Linux). */
function residentMb(pid: number): number {
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(text => text !== '');
  return own + children.reduce((sum, child) => sum + residentMb(Number(child)), 0);
}

function started(args: string[]) {
  return spawn(process.execPath, [path.join(root, 'main/entry/cli.ts'), ...args], { cwd: root, env: { ...process.env, ...key }, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Highest memory of a command over its life, sampled every 50 ms. */
async function peakMb(args: string[]): Promise<number> {
  const child = started(args);
  let peak = 0;
  const sampler = setInterval(() => {
    try {
      peak = Math.max(peak, residentMb(child.pid ?? 0));
    } catch { /* the process ended between two looks */ }
  }, 50);
  child.stdout.resume();
  const exit = await new Promise<number | null>(resolve => child.once('close', resolve));
  clearInterval(sampler);
  if (exit !== 0) throw new Error(`${args[0]} ended with ${exit}`);
  return peak;
}

const LIMIT_NOTE = 'the peer is the limit itself, in MB';

/** The host with a school of 600 pupils, nobody using it. */
export const hostAtRest: Bench = {
  name: 'memory-host-at-rest', ratioLimit: 1, unit: 'MB',
  async run() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-memory-'));
    try {
      await peakMb(['demo', '--data', folder, '--pupils', '600', '--json']);
      const host = started(['serve', '--data', folder, '--json']);
      await new Promise(resolve => host.stdout.once('data', resolve));
      await new Promise(resolve => { setTimeout(resolve, 5000); });
      const resting = residentMb(host.pid ?? 0);
      host.kill('SIGINT');
      await new Promise(resolve => host.once('close', resolve));
      return { oursMs: resting, peerMs: 300, note: LIMIT_NOTE };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Building a school of 600 pupils from its workbooks, and closing its year. */
export const demoPeak: Bench = {
  name: 'memory-demo-peak', ratioLimit: 1, unit: 'MB',
  async run() {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'so-truong-memory-'));
    try {
      return { oursMs: await peakMb(['demo', '--data', folder, '--pupils', '600', '--json']), peerMs: 700, note: LIMIT_NOTE };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
