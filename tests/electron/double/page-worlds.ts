/* oxlint-disable unicorn/consistent-function-scoping -- injected as source text, so nothing outside a function may be used */
/// <reference lib="dom" />
import { decodeClone, encodeClone } from './structured-codec.ts';

/**
 * The two worlds of a page under context isolation, as source text for Chromium. The preload script runs in an isolated world, as in
 * Electron: it shares the document with the page but no objects. What it exposes is rebuilt in the page's world as frozen proxies; the
 * two talk over DOM events whose names hold a secret of this page.
 */
export function mainWorldSource(secret: string): string {
  return `(${mainWorld.toString()})(${JSON.stringify(secret)});`;
}

export function preloadWorldSource(secret: string, preload: string, platform: string): string {
  return `(() => {
    ${encodeClone.toString()}
    ${decodeClone.toString()}
    const { contextBridge, ipcRenderer, reportFault } = (${preloadWorld.toString()})(${JSON.stringify(secret)}, encodeClone, decodeClone);
    const require = name => {
      if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
      throw new Error('module not found: ' + name);
    };
    const process = { platform: ${JSON.stringify(platform)}, sandboxed: true, contextIsolated: true, type: 'renderer' };
    const module = { exports: {} };
    try {
      (function (require, module, exports, process) { ${preload}
      })(require, module, module.exports, process);
    } catch (fault) { reportFault(fault); }
  })();`;
}

type Shape = 'function' | { value: unknown } | { members: Record<string, Shape> };
type Outcome = { kind: 'value'; value: unknown } | { kind: 'promise'; id: string } | { kind: 'function'; id: string } | { kind: 'fault'; message: string };
type ToPreload = { call: string; path: string[]; args: ({ callback: number } | { value: unknown })[] };
type ToPage =
  | { kind: 'expose'; key: string; shape: Shape }
  | { kind: 'returned'; call: string; outcome: Outcome }
  | { kind: 'settled'; id: string; outcome: Outcome }
  | { kind: 'callback'; id: number; args: unknown[] };

function mainWorld(secret: string): void {
  let count = 0;
  let returned: Outcome | undefined;
  const callbacks = new Map<number, (...args: unknown[]) => void>();
  const promises = new Map<string, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();

  const unwrap = (outcome: Outcome): unknown => {
    if (outcome.kind === 'fault') throw new Error(outcome.message);
    if (outcome.kind === 'value') return outcome.value;
    if (outcome.kind === 'function') return proxy([outcome.id]);
    return new Promise((resolve, reject) => { promises.set(outcome.id, { resolve, reject }); });
  };
  const proxy = (path: string[]) => (...given: unknown[]): unknown => {
    const args = given.map(item => {
      if (typeof item !== 'function') return { value: structuredClone(item) };
      count += 1;
      callbacks.set(count, item as (...args: unknown[]) => void);
      return { callback: count };
    });
    count += 1;
    const message: ToPreload = { call: String(count), path, args };
    returned = undefined;
    // Dispatching is synchronous: the preload world has answered before the next line.
    window.dispatchEvent(new CustomEvent(`${secret}-to-preload`, { detail: message }));
    if (returned === undefined) throw new Error('electron double: the preload world did not answer');
    return unwrap(returned);
  };
  const build = (shape: Shape, path: string[]): unknown => {
    if (shape === 'function') return proxy(path);
    if ('value' in shape) return shape.value;
    return Object.freeze(Object.fromEntries(Object.entries(shape.members).map(([key, member]) => [key, build(member, [...path, key])])));
  };
  window.addEventListener(`${secret}-to-page`, event => {
    const message = (event as CustomEvent<ToPage>).detail;
    if (message.kind === 'expose') Object.defineProperty(window, message.key, { value: build(message.shape, [message.key]), enumerable: true });
    else if (message.kind === 'returned') returned = message.outcome;
    else if (message.kind === 'callback') callbacks.get(message.id)?.(...message.args);
    else {
      const promise = promises.get(message.id);
      promises.delete(message.id);
      if (message.outcome.kind === 'fault') promise?.reject(new Error(message.outcome.message));
      else promise?.resolve(unwrap(message.outcome));
    }
  });
}

function preloadWorld(secret: string, encode: (value: unknown) => string, decode: (text: string) => unknown) {
  type Callable = (...args: unknown[]) => unknown;
  const page = globalThis as unknown as { doubleSend: (text: string) => void; doubleReceive: (text: string) => void };
  let count = 0;
  const invoked = new Map<number, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();
  const listeners = new Map<string, Callable[]>();
  const exposed = new Map<string, unknown>();
  const returnedFunctions = new Map<string, Callable>();

  page.doubleReceive = text => {
    const message = decode(text) as { kind: 'answer'; id: number; value?: unknown; fault?: string } | { kind: 'event'; channel: string; args: unknown[] };
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      return;
    }
    const waiter = invoked.get(message.id);
    invoked.delete(message.id);
    if (message.fault === undefined) waiter?.resolve(message.value);
    else waiter?.reject(new Error(message.fault));
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) => new Promise((resolve, reject) => {
      const text = encode({ kind: 'invoke', id: count += 1, channel, args });
      invoked.set(count, { resolve, reject });
      page.doubleSend(text);
    }),
    on: (channel: string, listener: Callable) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel: string, listener: Callable) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter(one => one !== listener));
      return ipcRenderer;
    },
  };

  const toPage = (message: ToPage): void => { window.dispatchEvent(new CustomEvent(`${secret}-to-page`, { detail: message })); };
  const shapeOf = (item: unknown): Shape => {
    if (typeof item === 'function') return 'function';
    const isPlain = item !== null && typeof item === 'object' && Object.getPrototypeOf(item) === Object.prototype;
    return isPlain ? { members: Object.fromEntries(Object.entries(item).map(([key, member]) => [key, shapeOf(member)])) } : { value: structuredClone(item) };
  };
  const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
  const outcomeOf = (value: unknown): Outcome => {
    if (value instanceof Promise) {
      const id = `promise-${count += 1}`;
      void settle(id, value);
      return { kind: 'promise', id };
    }
    if (typeof value !== 'function') return { kind: 'value', value };
    const id = `function-${count += 1}`;
    returnedFunctions.set(id, value as Callable);
    return { kind: 'function', id };
  };
  const settle = async (id: string, promise: Promise<unknown>): Promise<void> => {
    const outcome = await promise.then(outcomeOf, (fault: unknown): Outcome => ({ kind: 'fault', message: messageOf(fault) }));
    toPage({ kind: 'settled', id, outcome });
  };
  const find = ([first, ...rest]: string[]): Callable => {
    if (first !== undefined && returnedFunctions.has(first)) return returnedFunctions.get(first) as Callable;
    return rest.reduce<unknown>((item, key) => (item as Record<string, unknown>)[key], exposed.get(first ?? '')) as Callable;
  };
  window.addEventListener(`${secret}-to-preload`, event => {
    const { call, path, args } = (event as CustomEvent<ToPreload>).detail;
    const given = args.map(arg => ('callback' in arg ? (...values: unknown[]) => { toPage({ kind: 'callback', id: arg.callback, args: values }); } : arg.value));
    let outcome: Outcome;
    try {
      outcome = outcomeOf(find(path)(...given));
    } catch (fault) {
      outcome = { kind: 'fault', message: messageOf(fault) };
    }
    toPage({ kind: 'returned', call, outcome });
  });

  return {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        if (exposed.has(key)) throw new Error('Cannot bind an API on top of an existing property on the window object');
        exposed.set(key, api);
        toPage({ kind: 'expose', key, shape: shapeOf(api) });
      },
    },
    reportFault: (fault: unknown) => { page.doubleSend(encode({ kind: 'preload-fault', message: String(fault instanceof Error ? fault.stack : fault) })); },
  };
}
