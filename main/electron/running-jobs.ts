import { powerSaveBlocker } from 'electron';
import type { JobView } from '../../preload/contract/common.ts';
import type { AppEvent } from '../../preload/contract/index.ts';

/** The long work under way, known from the program's own events. While there is any, the PC is kept from falling asleep. */
export class RunningJobs {
  readonly #jobs = new Map<string, JobView>();
  readonly #idle: (() => void)[] = [];
  #blocker: number | null = null;

  take(event: AppEvent): void {
    if (event.topic !== 'job') return;
    if (event.job.state === 'running') this.#jobs.set(event.job.id, event.job);
    else this.#jobs.delete(event.job.id);
    if (this.#jobs.size > 0) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else this.#settle();
  }

  get list(): JobView[] {
    return [...this.#jobs.values()];
  }

  /** Resolves when nothing is under way any more. */
  idle(): Promise<void> {
    if (this.#jobs.size === 0) return Promise.resolve();
    return new Promise(resolve => { this.#idle.push(resolve); });
  }

  #settle(): void {
    if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
