import { EventEmitter } from 'node:events';

type Listener = Parameters<EventEmitter['on']>[1];

/**
 * An emitter that knows the names of its events: listening to one the double never fires is an error, not a listener that waits for ever.
 */
export class DoubleEmitter {
  readonly #name: string;
  readonly #events: ReadonlySet<string>;
  readonly #emitter = new EventEmitter();

  constructor(name: string, events: string[]) {
    this.#name = name;
    this.#events = new Set(events);
  }

  on(event: string, listener: Listener): this {
    this.#emitter.on(this.#known(event), listener);
    return this;
  }

  once(event: string, listener: Listener): this {
    this.#emitter.once(this.#known(event), listener);
    return this;
  }

  off(event: string, listener: Listener): this {
    this.#emitter.off(this.#known(event), listener);
    return this;
  }

  /** Also called by tests, to play what cannot happen here by itself (a shutdown of the PC, a page that hangs). */
  emit(event: string, ...args: unknown[]): boolean {
    return this.#emitter.emit(this.#known(event), ...args);
  }

  listenerCount(event: string): number {
    return this.#emitter.listenerCount(event);
  }

  #known(event: string): string {
    if (!this.#events.has(event)) throw new Error(`electron double: event '${event}' of ${this.#name} is not modelled`);
    return event;
  }
}

/** An event object whose default can be prevented. */
export interface PreventableEvent {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

export function preventable<Details extends object>(details: Details): PreventableEvent & Details {
  let prevented = false;
  return Object.defineProperty({ ...details, preventDefault: () => { prevented = true; } }, 'defaultPrevented', { get: () => prevented }) as PreventableEvent & Details;
}
